import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

type SiteBody = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;

/** An open file of the site. Whoever opens it must send its body or close it. */
export interface SiteFile {
  /** Bytes. */
  readonly size: number;
  /** Strong: a hash of exactly the bytes that `body` gives. */
  readonly etag: string;
  body(): Promise<SiteBody>;
  close(): Promise<void>;
}

/** Below this a file is read in one go, above it is streamed. Bytes. */
const IN_ONE_GO = 512 * 1024;

/** What one read of a streamed file brings. Bytes. */
const PART = 128 * 1024;

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
        body: () => readBody(handle, stats.size),
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

async function readBody(handle: FileHandle, size: number): Promise<SiteBody> {
  if (size > IN_ONE_GO) return streamBody(handle, size);
  try {
    return await readPart(handle, 0, size);
  } finally {
    await handle.close();
  }
}

function streamBody(handle: FileHandle, size: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let sent = 0;
  return new ReadableStream({
    async pull(controller) {
      try {
        const part = await readPart(handle, sent, Math.min(PART, size - sent));
        sent += part.length;
        controller.enqueue(part);
        if (sent < size) return;
        controller.close();
        await handle.close();
      } catch (error) {
        await handle.close();
        throw error;
      }
    },
    cancel: () => handle.close(),
  });
}

async function readPart(
  handle: FileHandle,
  from: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, from + filled);
    if (bytesRead === 0) throw new Error('site file became shorter while it was read');
    filled += bytesRead;
  }
  return bytes;
}
