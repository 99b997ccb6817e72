import { crc32, createInflateRaw } from 'node:zlib';
import { DEFLATED, STORED, type ZipEntry } from '../core/zip.ts';

/**
 * Unpacks one part of a zip piece by piece, off the main thread; stops as soon as more comes out
 * than the directory says.
 * @param look at each piece; may throw
 * @throws {Error} when it is damaged, or is not what the directory says
 */
export async function unpackEntry(entry: ZipEntry, look: (piece: Buffer) => void): Promise<void> {
  let size = 0;
  let sum = 0;
  for await (const piece of pieces(entry)) {
    size += piece.length;
    if (size > entry.size) throw new Error('Larger than the directory says');
    sum = crc32(piece, sum);
    look(piece);
  }
  if (size !== entry.size || sum !== entry.crc) throw new Error('Not what the directory says');
}

function pieces({ method, packed }: ZipEntry): Iterable<Buffer> | AsyncIterable<Buffer> {
  if (method === STORED) return [packed];
  if (method !== DEFLATED) throw new Error('Packed in a way that no office program uses');
  const inflate = createInflateRaw({ chunkSize: 64 * 1024 });
  inflate.end(packed);
  return inflate;
}
