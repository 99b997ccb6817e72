import { crc32, deflateSync } from 'node:zlib';
import { Document, Packer, Paragraph } from 'docx';
import { workbook, zipFiles } from './workbook.ts';

/** Small whole files of each accepted kind, and parts to spoil them with. */

export const docx = (text = '会议材料'): Promise<Buffer> =>
  Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph(text)] }] }));

export const xlsx = (): Promise<Buffer> => workbook([[{ value: '社区', type: String }]]);

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export interface OfficeOptions {
  /** Content type of the main part, e.g. of a template. */
  readonly type?: string;
  /** Relations of the main part: type's last word, target, and whether it lies outside. */
  readonly relations?: readonly (readonly [type: string, target: string, mode?: 'External'])[];
  readonly files?: Readonly<Record<string, Buffer | string>>;
}

const mainType = {
  word: `${OFFICE}.wordprocessingml.document.main+xml`,
  xl: `${OFFICE}.spreadsheetml.sheet.main+xml`,
  ppt: `${OFFICE}.presentationml.presentation.main+xml`,
};
const mainName = { word: 'document', xl: 'workbook', ppt: 'presentation' };

/** The parts of an office file by hand, the list of contents last as LibreOffice has it. */
export function officeParts(
  app: keyof typeof mainType,
  { type = mainType[app], relations = [], files = {} }: OfficeOptions = {},
): Record<string, Buffer | string> {
  const main = `${app}/${mainName[app]}.xml`;
  const listed = relations.map(
    ([kind, target, mode], index) =>
      `<Relationship Id="r${index}" Type="${RELATIONS}/${kind}" Target="${target}"${mode ? ` TargetMode="${mode}"` : ''}/>`,
  );
  return {
    '_rels/.rels': `<?xml version="1.0"?><Relationships><Relationship Id="r" Type="${RELATIONS}/officeDocument" Target="${main}"/></Relationships>`,
    [main]: '<?xml version="1.0"?><main/>',
    [`${app}/_rels/${mainName[app]}.xml.rels`]: `<Relationships>${listed.join('')}</Relationships>`,
    ...files,
    '[Content_Types].xml': `<?xml version="1.0"?><Types><Default Extension="xml" ContentType="application/xml"/><Override PartName="/${main}" ContentType="${type}"/></Types>`,
  };
}

export const office = (app: keyof typeof mainType, options: OfficeOptions = {}): Buffer =>
  zipFiles(officeParts(app, options));

/** @param objects more of its objects, as they stand in the file */
export const pdf = (objects = ''): Buffer =>
  Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n${objects}\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
    'latin1',
  );

function chunk(type: string, data: Buffer): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  data.copy(bytes, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

/** A grey picture; of the sizes it says only the first row is there. */
export function png(width = 2, height = 1): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const rows = deflateSync(Buffer.alloc(width + 1, 0x80));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The frame of a picture without its tables: JFIF, frame header, one scan, end. */
export function jpg(width = 2, height = 1): Buffer {
  const frame = Buffer.from('ffc0000b080000000001011100', 'hex');
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([
    Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
    frame,
    Buffer.from('ffda0008010100003f0055aa', 'hex'),
    Buffer.from('ffd9', 'hex'),
  ]);
}

/** What is given, in pieces as a network brings them. */
export async function* pieces(bytes: Buffer, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
