import { crc32, deflateRawSync } from 'node:zlib';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const HEADING = ['姓名', '身份', '社区', '手机号', '用户名', '单位'];

/** An .xlsx of one sheet; a cell may also say how it is written, e.g. as a formula. */
export async function workbook(rows: SheetData): Promise<Buffer> {
  return writeXlsxFile(rows, { sheet: '名单' }).toBuffer();
}

/** An .xlsx of plain text under the template's headings. */
export const roster = (...rows: readonly (readonly string[])[]): Promise<Buffer> =>
  workbook([HEADING, ...rows].map((row) => row.map((value) => ({ value, type: String }))));

/** A roster in .csv. */
export const csv = (...rows: readonly (readonly string[])[]): string =>
  [HEADING, ...rows].map((row) => row.join(',')).join('\r\n');

/** One deflated entry as it stands in a zip: its header, name and data. */
export function zipEntry(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(8, 8);
  header.writeUInt32LE(crc32(content), 14);
  header.writeUInt32LE(packed.length, 18);
  header.writeUInt32LE(content.length, 22);
  header.writeUInt16LE(Buffer.byteLength(name), 26);
  return Buffer.concat([header, Buffer.from(name), packed]);
}

const endOf = (zip: Buffer): number => zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
const directoryOf = (zip: Buffer): number => zip.readUInt32LE(endOf(zip) + 16);

/** A zip of these entries, listed in its directory. */
export function zipFiles(files: Readonly<Record<string, Buffer | string>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const entry = zipEntry(name, Buffer.from(content));
    const listed = Buffer.alloc(46);
    listed.writeUInt32LE(0x02014b50, 0);
    entry.copy(listed, 6, 4, 30);
    listed.writeUInt32LE(at, 42);
    directory.push(listed, Buffer.from(name));
    parts.push(entry);
    at += entry.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

/** A zip of one entry, listed in its directory. */
export const zipOf = (name: string, content: Buffer): Buffer => zipFiles({ [name]: content });

/** Puts an entry before a zip's directory, which does not name it. */
export function hideEntry(zip: Buffer, entry: Buffer): Buffer {
  const at = directoryOf(zip);
  const hidden = Buffer.concat([zip.subarray(0, at), entry, zip.subarray(at)]);
  hidden.writeUInt32LE(at + entry.length, endOf(hidden) + 16);
  return hidden;
}

/** Makes a zip's directory say that it has no entries. */
export function forgetEntries(zip: Buffer): Buffer {
  const changed = Buffer.from(zip);
  changed.writeUInt16LE(0, endOf(changed) + 8);
  changed.writeUInt16LE(0, endOf(changed) + 10);
  return changed;
}
