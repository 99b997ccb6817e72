import type { Section } from '../core/fileBody.ts';
import { matchesEtag } from '../core/representation.ts';
import { KINDS, type Kind } from './contract.ts';
import { contentDisposition } from './fileName.ts';
import type { StoredFile } from './store.ts';

interface Asked {
  readonly method: string;
  readonly headers: Headers;
}

/** What the file is called here, and what it was found to be when it was put. */
interface About {
  readonly name: string;
  readonly kind: Kind;
}

/**
 * The answer that hands over a stored file, or the part of it that a phone still lacks: to be
 * saved, never to be shown or run. Closes the file in any case.
 */
export async function serveFile(
  { method, headers: asked }: Asked,
  file: StoredFile,
  { name, kind }: About,
): Promise<Response> {
  const etag = `"${file.hash}"`;
  const headers = new Headers({
    etag,
    'cache-control': 'private, no-cache',
    'accept-ranges': 'bytes',
    'content-type': KINDS[kind],
    'content-disposition': contentDisposition(name),
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
  });
  const empty = async (status: number): Promise<Response> => {
    await file.close();
    return new Response(null, { status, headers });
  };
  if (matchesEtag(asked.get('if-none-match') ?? undefined, etag)) return empty(304);
  const whole = { start: 0, length: file.size };
  // RFC 9110 §14.2: only a GET has ranges; §13.1.5: a part of what has changed is of no use.
  const resumes = method === 'GET' && (asked.get('if-range') ?? etag) === etag;
  const part = resumes ? readRange(asked.get('range'), file.size) : undefined;
  if (part === 'unsatisfiable') {
    headers.set('content-range', `bytes */${file.size}`);
    return empty(416);
  }
  const { start, length } = part ?? whole;
  headers.set('content-length', String(length));
  if (part) headers.set('content-range', `bytes ${start}-${start + length - 1}/${file.size}`);
  if (method === 'HEAD') return empty(200);
  return new Response(await file.body({ start, length }), { status: part ? 206 : 200, headers });
}

/**
 * One range of bytes, RFC 9110 §14.1.2.
 * @returns undefined where the whole is to be sent: no range, several, or not in bytes
 */
export function readRange(
  header: string | null,
  size: number,
): Section | 'unsatisfiable' | undefined {
  const [, from = '', to = ''] = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  if (from === '') {
    const length = Math.min(Number(to), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, length };
  }
  const start = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < start) return undefined;
  return start < size ? { start, length: last - start + 1 } : 'unsatisfiable';
}
