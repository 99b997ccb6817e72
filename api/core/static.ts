import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context, Handler } from 'hono';
import { type Fill, ShellReader } from './filledPage.ts';
import type { ApiEnv } from './http/apiEnv.ts';
import { badRequestProblem, methodProblem } from './problem.ts';
import {
  type Coding,
  cacheControl,
  chooseCoding,
  contentType,
  matchesEtag,
  SIDECARS,
} from './representation.ts';
import { type SiteFile, SiteFiles } from './siteFile.ts';
import { folderAddress, readSitePath, type SitePath } from './sitePath.ts';
import { Swaps } from './swaps.ts';

// Our own, because the library parts do not add up to it: @hono/node-server's serveStatic reads
// `br;q=0` as a wish for "br;q=0", sets Vary only on compressed answers, skips bad %-sequences
// instead of refusing them and serves dot files and sidecars; hono/etag hashes the whole body on
// every request.

/**
 * Pages of things that are not known when the site is built: one built page serves them all, as it
 * is or with something put into it.
 */
export type Shells = readonly (readonly [
  address: RegExp,
  page: readonly string[],
  fill?: Fill | undefined,
])[];

/**
 * Serves the folder of built pages: GET and HEAD, pages at `folder/`, 404.html for the rest.
 * @param shells asked for an address that has no page of its own
 */
export function serveSite(siteDir: string, shells: Shells = []): Handler<ApiEnv> {
  const files = new SiteFiles();
  const reader = new ShellReader(files, siteDir);
  const swaps = new Swaps(siteDir);
  return async (c) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return methodProblem('GET, HEAD');
    const url = new URL(c.req.url);
    const asked = readSitePath(url.pathname);
    if (asked.kind === 'malformed') return badRequestProblem();
    if (asked.kind === 'refused') return notFound(c, files, siteDir);
    const filled = await fillShell(c, reader, asked, url.searchParams, shells);
    if (filled) return filled;
    // While a build puts new pages in place, what is not found may have been looked for in between.
    for (let tries = 0; tries < 3; tries += 1) {
      const { seen } = swaps;
      const found = await find(c, files, siteDir, asked, url.search, shells);
      if (found) return found;
      if (!(await swaps.since(seen))) break;
    }
    return notFound(c, files, siteDir);
  };
}

/** The page of a thing that is known, if something is to be put into it. */
async function fillShell(
  c: Context<ApiEnv>,
  reader: ShellReader,
  { kind, segments }: Asked,
  query: URLSearchParams,
  shells: Shells,
): Promise<Response | undefined> {
  if (kind !== 'folder') return undefined;
  const path = folderAddress(segments);
  const [, page, fill] = shells.find(([one]) => one.test(path)) ?? [];
  const shell = page && fill && (await reader.read(page));
  return shell && fill(path, query, shell)?.respond(c);
}

type Asked = Exclude<SitePath, { kind: 'malformed' | 'refused' }>;

/** The answer to a path that stands for something: a page, a file, or where to look instead. */
async function find(
  c: Context,
  files: SiteFiles,
  siteDir: string,
  { kind, segments }: Asked,
  search: string,
  shells: Shells,
): Promise<Response | undefined> {
  if (kind === 'folder') {
    const own = await send(c, files, siteDir, [...segments, 'index.html']);
    const shell = own ? undefined : shells.find(([one]) => one.test(folderAddress(segments)))?.[1];
    return shell ? send(c, files, siteDir, [...shell, 'index.html']) : own;
  }
  if (segments.at(-1) === 'index.html') {
    const page = await isFile(join(siteDir, ...segments));
    if (page) return redirect(c, segments.slice(0, -1), search);
  }
  const found = await send(c, files, siteDir, segments);
  if (found) return found;
  const page = await isFile(join(siteDir, ...segments, 'index.html'));
  return page ? redirect(c, segments, search) : undefined;
}

const redirect = (c: Context, segments: readonly string[], search: string): Response =>
  c.body(null, 308, { location: folderAddress(segments) + search, 'cache-control': 'no-cache' });

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ?? false;
}

interface Chosen {
  readonly coding: Coding;
  readonly file: SiteFile;
  /** Whether another Accept-Encoding could have got another answer. */
  readonly varies: boolean;
}

async function choose(
  files: SiteFiles,
  path: string,
  accept: string | undefined,
): Promise<Chosen | undefined> {
  const plain = await isFile(path);
  if (!plain) return undefined;
  const available: Coding[] = [];
  for (const coding of ['br', 'gzip'] as const) {
    if (await isFile(path + SIDECARS[coding])) available.push(coding);
  }
  const coding = chooseCoding(accept, available);
  const varies = available.length > 0;
  if (coding !== 'identity') {
    const file = await files.open(path + SIDECARS[coding]);
    if (file) return { coding, file, varies };
  }
  const file = await files.open(path);
  return file && { coding: 'identity', file, varies };
}

async function send(
  c: Context,
  files: SiteFiles,
  siteDir: string,
  segments: readonly string[],
): Promise<Response | undefined> {
  const sitePath = `/${segments.join('/')}`;
  // Asked for by name it is still the page that says nothing is here.
  if (sitePath === '/404.html') return undefined;
  const chosen = await choose(files, join(siteDir, ...segments), c.req.header('accept-encoding'));
  if (!chosen) return undefined;
  const { file, varies } = chosen;
  const headers = {
    etag: file.etag,
    'cache-control': cacheControl(sitePath),
    ...(varies && { vary: 'Accept-Encoding' }),
  };
  if (matchesEtag(c.req.header('if-none-match'), file.etag)) {
    await file.close();
    return c.body(null, 304, headers);
  }
  return answer(c, chosen, 200, { ...headers, 'content-type': contentType(sitePath) });
}

async function answer(
  c: Context,
  { coding, file }: Chosen,
  status: 200 | 404,
  headers: Record<string, string>,
): Promise<Response> {
  const all = {
    ...headers,
    'content-length': String(file.size),
    ...(coding !== 'identity' && { 'content-encoding': coding }),
  };
  if (c.req.method === 'HEAD') {
    await file.close();
    return c.body(null, status, all);
  }
  return c.body(await file.body(), status, all);
}

/** No tag here: a condition never applies to an answer that would not be a success. */
async function notFound(c: Context, files: SiteFiles, siteDir: string): Promise<Response> {
  const chosen = await choose(files, join(siteDir, '404.html'), c.req.header('accept-encoding'));
  const headers = { 'cache-control': 'no-cache' };
  if (!chosen) return c.text('没有这个页面。', 404, headers);
  return answer(c, chosen, 404, {
    ...headers,
    'content-type': contentType('/404.html'),
    ...(chosen.varies && { vary: 'Accept-Encoding' }),
  });
}
