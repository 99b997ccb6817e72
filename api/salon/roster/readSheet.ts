import Papa from 'papaparse';
import readXlsxFile from 'read-excel-file/node';
import { Refused } from '../../core/refused.ts';
import { SALON } from '../refusals.ts';
import { HEADINGS, ROSTER_LIMIT, type SheetRow } from './columns.ts';
import { repack } from './repack.ts';

async function readXlsx(bytes: Buffer): Promise<string[][]> {
  const sheets = await readXlsxFile(repack(bytes));
  const rows = sheets[0]?.data ?? [];
  return rows.map((row) => row.map((cell) => cellText(cell)));
}

const cellText = (cell: unknown): string => {
  if (cell === null || cell === undefined) return '';
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
};

/** Excel in China writes .csv in GB 18030, everything else in UTF-8. */
function readCsv(bytes: Buffer): string[][] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder('gb18030').decode(bytes);
  }
  return Papa.parse<string[]>(text, { skipEmptyLines: false }).data;
}

const isZip = (bytes: Buffer): boolean =>
  bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'));

/**
 * The rows of a roster, by their headings, in whatever order the columns stand.
 * @param bytes an .xlsx (told by its first bytes) or a .csv
 * @throws {Refused} rosterUnreadable, rosterTooLong
 */
export async function readSheet(bytes: Buffer): Promise<SheetRow[]> {
  const table = await readTable(bytes);
  const [heading = [], ...body] = table;
  const columns = new Map(heading.map((name, index) => [name.replace(/[\s*（(].*$/, ''), index]));
  const missing = HEADINGS.slice(0, 2).filter((name) => !columns.has(name));
  if (missing.length > 0) {
    throw new Refused(SALON.rosterUnreadable, {
      detail: `第一行应是标题，没有找到“${missing.join('”“')}”这一列；请用模板填写。`,
    });
  }
  const rows = body
    .map((cells, index) => ({ line: index + 2, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (rows.length === 0) {
    throw new Refused(SALON.rosterUnreadable, { detail: '表里没有一行名单；请填写后再上传。' });
  }
  if (rows.length > ROSTER_LIMIT) throw new Refused(SALON.rosterTooLong);
  return rows.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(
      HEADINGS.map((name) => [name, (cells[columns.get(name) ?? -1] ?? '').trim()]),
    ) as SheetRow['cells'],
  }));
}

async function readTable(bytes: Buffer): Promise<string[][]> {
  try {
    return isZip(bytes) ? await readXlsx(bytes) : readCsv(bytes);
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(SALON.rosterUnreadable);
  }
}
