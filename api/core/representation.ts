import { basename, extname } from 'node:path/posix';
import { parseAccept } from 'hono/utils/accept';
import { getMimeType } from 'hono/utils/mime';

export type Coding = 'br' | 'gzip' | 'identity';

/** Endings of the files that the build writes beside a file. */
export const SIDECARS = { br: '.br', gzip: '.gz' } as const;

/** Best first where the client likes two equally. */
const PREFERENCE: readonly Coding[] = ['br', 'gzip', 'identity'];

/**
 * The coding to send, of those available, by RFC 9110 §12.5.3. Identity is sent even to a client
 * that refuses it when nothing else fits: a readable page serves it better than a 406.
 * @param header the Accept-Encoding header; absent means identity, as curl expects
 */
export function chooseCoding(header: string | undefined, available: readonly Coding[]): Coding {
  if (!header) return 'identity';
  const weights = new Map(parseAccept(header).map(({ type, q }) => [codingName(type), q]));
  const any = weights.get('*');
  // Identity not named is acceptable, but behind everything that is named.
  const weightOf = (coding: Coding): number =>
    weights.get(coding) ?? any ?? (coding === 'identity' ? Number.MIN_VALUE : 0);
  let best: Coding = 'identity';
  let bestWeight = 0;
  for (const coding of PREFERENCE) {
    if (coding !== 'identity' && !available.includes(coding)) continue;
    const weight = weightOf(coding);
    if (weight > bestWeight) [best, bestWeight] = [coding, weight];
  }
  return best;
}

function codingName(type: string): string {
  const name = type.toLowerCase();
  // RFC 9110 §8.4.1.3 asks to take this old name for the same.
  return name === 'x-gzip' ? 'gzip' : name;
}

/** What the library does not know, and the one feed whose ending says nothing. */
const TYPES: Readonly<Record<string, string>> = {
  'feed.json': 'application/feed+json; charset=utf-8',
  '.atom': 'application/atom+xml; charset=utf-8',
  '.rss': 'application/rss+xml; charset=utf-8',
};

/** @param path a site path such as `/cases/feed.json` */
export function contentType(path: string): string {
  const known = TYPES[basename(path)] ?? TYPES[extname(path)] ?? getMimeType(path);
  return known ?? 'application/octet-stream';
}

const REVALIDATED = new Set(['.html', '.json', '.xml', '.atom', '.rss']);

/**
 * How long a file may be kept. Names under /_astro/ and /search/ carry a hash of their content,
 * except the search manifest and the pages; everything else keeps its name when it changes.
 */
export function cacheControl(path: string): string {
  const hashed =
    path.startsWith('/_astro/') ||
    (path.startsWith('/search/') && path !== '/search/index.json' && extname(path) !== '.html');
  if (hashed) return 'public, max-age=31536000, immutable';
  return REVALIDATED.has(extname(path)) ? 'no-cache' : 'public, max-age=3600';
}

/** If-None-Match by weak comparison, RFC 9110 §13.1.2: `*` or a list of tags. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (!header) return false;
  if (header.trim() === '*') return true;
  return header.match(/"[^"]*"/g)?.includes(etag) ?? false;
}
