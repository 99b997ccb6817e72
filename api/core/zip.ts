/** Reading a zip by its directory, as every office program does: what it does not name is not there. */

const LOCAL = 0x04034b50;
const ENTRY = 0x02014b50;
const END_MARK = Buffer.from([0x50, 0x4b, 0x05, 0x06]);

export const STORED = 0;
export const DEFLATED = 8;

/** One part as the directory tells of it; only `packed` is what is there. */
export interface ZipEntry {
  readonly name: Buffer;
  readonly method: number;
  readonly crc: number;
  /** Bytes when unpacked, as the directory says. */
  readonly size: number;
  readonly packed: Buffer;
}

/** @throws {Error} for what is not a zip, or whose directory and parts do not fit together */
export function readZip(zip: Buffer): ZipEntry[] {
  const end = zip.lastIndexOf(END_MARK);
  if (end < 0) throw new Error('No end of the directory');
  const entries: ZipEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count -= 1) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new Error('No entry of the directory');
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28);
    const name = zip.subarray(at + 46, nameEnd);
    entries.push({
      name,
      method: zip.readUInt16LE(at + 10),
      crc: zip.readUInt32LE(at + 16),
      size: zip.readUInt32LE(at + 24),
      packed: packedPart(zip, at, name),
    });
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

/** @param at of the part's entry in the zip's directory */
function packedPart(zip: Buffer, at: number, name: Buffer): Buffer {
  const header = zip.readUInt32LE(at + 42);
  if (zip.readUInt32LE(header) !== LOCAL) throw new Error('No part where the directory says');
  const nameEnd = header + 30 + zip.readUInt16LE(header + 26);
  // A reader that goes by the parts' own names must not see another file than one that does not.
  if (!zip.subarray(header + 30, nameEnd).equals(name)) throw new Error('Two names for one part');
  const start = nameEnd + zip.readUInt16LE(header + 28);
  const stop = start + zip.readUInt32LE(at + 20);
  if (stop > zip.length) throw new Error('A part is cut off');
  return zip.subarray(start, stop);
}
