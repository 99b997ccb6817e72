import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type FileBody, readBody } from './fileBody.ts';

/** An open file of the site. Whoever opens it must send its body or close it. */
export interface SiteFile {
  /** Bytes. */
  readonly size: number;
  /** Strong: a hash of exactly the bytes that `body` gives. */
  readonly etag: string;
  body(): Promise<FileBody>;
  close(): Promise<void>;
}

/** Reads files, remembering the hash of each until the file changes. */
export class SiteFiles {
  // One entry for each existing file: asking for files that do not exist adds nothing.
  readonly #hashes = new Map<string, { readonly version: string; readonly etag: string }>();

  /** @returns undefined when there is no such regular file */
  async open(path: string): Promise<SiteFile | undefined> {
    const handle = await openFile(path);
    if (!handle) return undefined;
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) {
        await handle.close();
        return undefined;
      }
      // Everything below reads this handle, so a build that swaps the folder meanwhile cannot mix
      // one version's tag with another's bytes.
      const version = `${stats.ino}-${stats.size}-${stats.mtimeMs}`;
      const etag = await this.#etag(path, version, handle);
      return {
        size: stats.size,
        etag,
        body: () => readBody(handle, { start: 0, length: stats.size }),
        close: () => handle.close(),
      };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async #etag(path: string, version: string, handle: FileHandle): Promise<string> {
    const known = this.#hashes.get(path);
    if (known?.version === version) return known.etag;
    const hash = createHash('sha256');
    for await (const chunk of handle.createReadStream({ start: 0, autoClose: false })) {
      hash.update(chunk);
    }
    const etag = `"${hash.digest('base64url').slice(0, 22)}"`;
    this.#hashes.set(path, { version, etag });
    return etag;
  }
}

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'ELOOP', 'ENXIO']);

async function openFile(path: string): Promise<FileHandle | undefined> {
  try {
    // Non-blocking, or a named pipe in the folder would hold the request for ever.
    return await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (error instanceof Error && 'code' in error && ABSENT.has(String(error.code))) {
      return undefined;
    }
    throw error;
  }
}
