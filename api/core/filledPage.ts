import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Context } from 'hono';
import type { ApiEnv } from './http/apiEnv.ts';
import { etagOf } from './http/cache.ts';
import { type Coding, chooseCoding, matchesEtag } from './representation.ts';
import { DOCUMENT_HEADERS } from './security.ts';
import type { SiteFiles } from './siteFile.ts';

/** A built page into which the server puts what it knows. */
export interface Shell {
  /** Another page has another one. */
  readonly etag: string;
  readonly html: string;
}

/**
 * Puts into a shell what belongs at this address, for readers without script.
 * @returns undefined where the shell is to be sent as it is
 */
export type Fill = (path: string, query: URLSearchParams, shell: Shell) => FilledPage | undefined;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Pages are made while somebody waits. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** A page as it goes out; compressed when first asked for in that way, and kept so. */
export class FilledPage {
  readonly html: string;
  readonly #etag: string;
  readonly #made = new Map<Coding, Promise<Uint8Array<ArrayBuffer>>>();

  constructor(html: string) {
    this.html = html;
    this.#etag = etagOf(html).slice(1, -1);
  }

  async respond(c: Context<ApiEnv>): Promise<Response> {
    const coding = chooseCoding(c.req.header('accept-encoding'), ['br', 'gzip']);
    const etag = coding === 'identity' ? `"${this.#etag}"` : `"${this.#etag}-${coding}"`;
    const headers = {
      ...DOCUMENT_HEADERS,
      'cache-control': 'no-cache',
      'content-type': 'text/html; charset=utf-8',
      etag,
      vary: 'Accept-Encoding',
      ...(coding !== 'identity' && { 'content-encoding': coding }),
    };
    c.set('whole', true);
    if (matchesEtag(c.req.header('if-none-match'), etag)) {
      return new Response(null, { status: 304, headers });
    }
    return new Response(await this.#in(coding), { headers });
  }

  #in(coding: Coding): string | Promise<Uint8Array<ArrayBuffer>> {
    if (coding === 'identity') return this.html;
    let made = this.#made.get(coding);
    if (!made) {
      made = coding === 'br' ? brotli(this.html, BROTLI) : zip(this.html);
      this.#made.set(coding, made);
    }
    return made;
  }
}

/** Reads shells, each once for all requests that come together. */
export class ShellReader {
  readonly #files: SiteFiles;
  readonly #siteDir: string;
  readonly #kept = new Map<string, Shell>();
  readonly #asked = new Map<string, Promise<Shell | undefined>>();

  constructor(files: SiteFiles, siteDir: string) {
    this.#files = files;
    this.#siteDir = siteDir;
  }

  read(page: readonly string[]): Promise<Shell | undefined> {
    const path = join(this.#siteDir, ...page, 'index.html');
    let asked = this.#asked.get(path);
    if (!asked) {
      asked = this.#look(path).finally(() => this.#asked.delete(path));
      this.#asked.set(path, asked);
    }
    return asked;
  }

  async #look(path: string): Promise<Shell | undefined> {
    const file = await this.#files.open(path);
    if (!file) return undefined;
    const known = this.#kept.get(path);
    if (known?.etag === file.etag) {
      await file.close();
      return known;
    }
    const html = await new Response(await file.body()).text();
    const shell = { etag: file.etag, html };
    this.#kept.set(path, shell);
    return shell;
  }
}
