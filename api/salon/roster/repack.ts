import { crc32, inflateRawSync } from 'node:zlib';
import { readZip, STORED } from '../../core/zip.ts';

/** What an .xlsx may hold when unpacked; a roster of the longest length has about 1 MB. Bytes. */
const UNPACKED_LIMIT = 24 * 1024 * 1024;
const LOCAL = 0x04034b50;
const ENTRY = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;

interface Part {
  readonly name: Buffer;
  readonly content: Buffer;
}

/** The parts that a zip's directory names, by what comes out and not by what it says of sizes. */
function unpack(zip: Buffer): Part[] {
  let left = UNPACKED_LIMIT;
  return readZip(zip).map(({ name, method, packed }) => {
    const content = method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: left });
    left -= content.length;
    if (left <= 0) throw new Error('Too large when unpacked');
    return { name, content };
  });
}

/** What a local header and a directory's entry have in common, for a part stored as it is. */
function description({ name, content }: Part): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(VERSION, 0);
  bytes.writeUInt32LE(crc32(content), 10);
  bytes.writeUInt32LE(content.length, 14);
  bytes.writeUInt32LE(content.length, 18);
  bytes.writeUInt16LE(name.length, 22);
  return bytes;
}

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value, 0);
  return bytes;
};

/**
 * The same zip made anew, its parts not compressed. The reader of .xlsx goes through a zip from the
 * front and would unpack what the directory does not name: this way it gets just what was measured.
 * @throws {Error} for what is not a zip, or too large when unpacked: a small file must not fill the
 *   memory
 */
export function repack(zip: Buffer): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const part of unpack(zip)) {
    const shared = description(part);
    const file = [word(LOCAL), shared, part.name, part.content];
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(ENTRY, 0);
    entry.writeUInt16LE(VERSION, 4);
    shared.copy(entry, 6);
    entry.writeUInt32LE(at, 42);
    directory.push(entry, part.name);
    files.push(...file);
    at += file.reduce((sum, { length }) => sum + length, 0);
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(directory.length / 2, 8);
  end.writeUInt16LE(directory.length / 2, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, ...directory, end]);
}
