import type { FileHandle } from 'node:fs/promises';

export type FileBody = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;

/** Bytes of a file: `length` of them beginning at `start`. */
export interface Section {
  readonly start: number;
  readonly length: number;
}

/** Below this a file is read in one go, above it is streamed. Bytes. */
const IN_ONE_GO = 512 * 1024;

/** What one read of a streamed file brings. Bytes. */
const PART = 128 * 1024;

/** A section of an open file as a response's body. Closes the file, read whole or not. */
export async function readBody(handle: FileHandle, section: Section): Promise<FileBody> {
  if (section.length > IN_ONE_GO) return streamBody(handle, section);
  try {
    return await readPart(handle, section.start, section.length);
  } finally {
    await handle.close();
  }
}

function streamBody(
  handle: FileHandle,
  { start, length }: Section,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let sent = 0;
  return new ReadableStream({
    async pull(controller) {
      try {
        const part = await readPart(handle, start + sent, Math.min(PART, length - sent));
        sent += part.length;
        controller.enqueue(part);
        if (sent < length) return;
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
    if (bytesRead === 0) throw new Error('file became shorter while it was read');
    filled += bytesRead;
  }
  return bytes;
}
