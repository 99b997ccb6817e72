import writeXlsxFile from 'write-excel-file/node';
import { HEADINGS } from './columns.ts';

const WIDTHS = [14, 14, 20, 18, 18, 30];

/** Fictitious; the import refuses nothing here but the phone numbers, which must be replaced. */
const EXAMPLES = [
  ['张三（示例，请删去本行）', '社区书记', '示例社区', '13800000000', '', ''],
  ['李四（示例，请删去本行）', '主办单位', '', '', 'lisi', '县民政局'],
];

/** The .xlsx to fill in: headings, and two rows to show how. */
export async function rosterTemplate(): Promise<Buffer> {
  const heading = HEADINGS.map((value) => ({ value, fontWeight: 'bold' as const }));
  const rows = EXAMPLES.map((row) => row.map((value) => ({ value, type: String })));
  return writeXlsxFile([heading, ...rows], {
    columns: WIDTHS.map((width) => ({ width })),
    sheet: '名单',
  }).toBuffer();
}
