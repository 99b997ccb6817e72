import { Refused } from '../core/refused.ts';
import { readZip, type ZipEntry } from '../core/zip.ts';
import type { Kind } from './contract.ts';
import { readList, readText } from './officeList.ts';
import { FILES } from './refusals.ts';
import { unpackEntry } from './unpack.ts';

/** A long report has a few hundred parts. */
export const PARTS_LIMIT = 4096;
/** Bytes of all parts unpacked; the largest real tables have half of it. */
export const UNPACKED_LIMIT = 200 * 1024 * 1024;
/** Bytes of a list of contents or relations, the only parts held in memory whole. */
const LIST_LIMIT = 1024 * 1024;

const CONTENTS = '[content_types].xml';
const MAIN = '_rels/.rels';

const MAIN_TYPES: Readonly<Record<string, Kind>> = {
  'wordprocessingml.document': 'docx',
  'spreadsheetml.sheet': 'xlsx',
  'presentationml.presentation': 'pptx',
};

/** Also in templates and shows, whose own types end differently. */
const ACTIVE_TYPE = /macroenabled|vbaproject|activex/i;
const ACTIVE_NAME = /(?:^|[\\/])(?:vba(?:project|data)\.\w+|activex\d*\.(?:xml|bin))$/;

/** What an office program fetches by itself when the file is opened; a link waits for a click. */
const FETCHED = /\/(?:attachedTemplate|oleObject|frame|subDocument)$/;
/** Elsewhere than on the reader's own disk, which Word notes of every template. */
const REMOTE = /^\s*(?:(?!file:)[a-z][a-z\d+.-]+:|[\\/]{2}|file:[\\/]{2}[^\\/]|file:[\\/]{4})/i;

/** Excel's DDE link, Word's DDE field; a field whose name is cut into several runs is not seen. */
const DDE = /<(?:\w+:)?ddeLink\b|instrText[^>]{0,80}>\s*"?DDE(?:AUTO)?\b|instr="\s*DDE(?:AUTO)?\b/i;
/** Characters of the last piece looked at again with the next. */
const OVERLAP = 160;

/** The parts by name in lower case, as the format compares them. */
type Parts = ReadonlyMap<string, ZipEntry>;
type Lists = ReadonlyMap<string, string>;

/**
 * Which office file a zip is: by the type of the part that its relations name as the main one.
 * Every part is unpacked once, piece by piece, and held against the directory's size and checksum.
 * Objects embedded in it (equations, old drawings) are let through: programs ask before they open
 * one.
 * @throws {Refused} fileWrongKind, fileUnreadable, fileBomb, fileMacros, fileOutside
 */
export async function checkOffice(bytes: Buffer): Promise<Kind> {
  try {
    const parts = readParts(bytes);
    if (!parts.has(CONTENTS) || !parts.has(MAIN)) throw new Refused(FILES.fileWrongKind);
    const lists = await unpackAll(parts);
    refuseActive(parts, lists);
    return mainKind(parts, lists);
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(FILES.fileUnreadable);
  }
}

function readParts(bytes: Buffer): Parts {
  const entries = readZip(bytes);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (entries.length > PARTS_LIMIT || total > UNPACKED_LIMIT) throw new Refused(FILES.fileBomb);
  const parts = new Map(entries.map((entry) => [entry.name.toString().toLowerCase(), entry]));
  if (parts.size < entries.length) throw new Error('Two parts of one name');
  return parts;
}

const isList = (name: string): boolean => name === CONTENTS || name.endsWith('.rels');

/** @returns the text of the lists; of the others nothing is kept */
async function unpackAll(parts: Parts): Promise<Lists> {
  const lists = new Map<string, string>();
  for (const [name, entry] of parts) {
    if (isList(name) && entry.size > LIST_LIMIT) throw new Refused(FILES.fileBomb);
    const pieces: Buffer[] = [];
    let seen = '';
    await unpackEntry(entry, (piece) => {
      if (isList(name)) pieces.push(piece);
      if (!name.endsWith('.xml')) return;
      seen = seen.slice(-OVERLAP) + piece.toString('latin1');
      if (DDE.test(seen)) throw new Refused(FILES.fileOutside);
    });
    if (isList(name)) lists.set(name, readText(Buffer.concat(pieces)));
  }
  return lists;
}

function refuseActive(parts: Parts, lists: Lists): void {
  const types = readList(lists.get(CONTENTS)).map(({ ContentType = '' }) => ContentType);
  const relations = [...lists]
    .filter(([name]) => name !== CONTENTS)
    .flatMap(([, text]) => readList(text));
  const active =
    types.some((type) => ACTIVE_TYPE.test(type)) ||
    relations.some(({ Type = '' }) => ACTIVE_TYPE.test(Type)) ||
    [...parts.keys()].some((name) => ACTIVE_NAME.test(name));
  if (active) throw new Refused(FILES.fileMacros);
  const outside = relations.some(
    ({ Type = '', Target = '', TargetMode }) =>
      TargetMode === 'External' && FETCHED.test(Type) && REMOTE.test(Target),
  );
  if (outside) throw new Refused(FILES.fileOutside);
}

/** Both editions of the standard end the relation's type so. */
const MAIN_RELATION = /\/officeDocument$/;
const MAIN_TYPE = /^application\/vnd\.openxmlformats-officedocument\.(.+)\.main\+xml$/;

function mainKind(parts: Parts, lists: Lists): Kind {
  const main = readList(lists.get(MAIN)).find(({ Type = '' }) => MAIN_RELATION.test(Type));
  const path = main?.['Target']?.replace(/^\.?\//, '').toLowerCase() ?? '';
  if (!parts.has(path)) throw new Refused(FILES.fileWrongKind);
  const contents = readList(lists.get(CONTENTS));
  const type =
    contents.find(({ PartName }) => PartName?.toLowerCase() === `/${path}`) ??
    contents.find(({ Extension }) => path.endsWith(`.${Extension?.toLowerCase()}`));
  const kind = MAIN_TYPES[MAIN_TYPE.exec(type?.['ContentType'] ?? '')?.[1] ?? ''];
  if (!kind) throw new Refused(FILES.fileWrongKind);
  return kind;
}
