import { afterAll, expect, it, test } from 'vitest';
import { dump } from '../support/dump.ts';
import { codeOf, createTestApp, DEMO, ORIGIN } from '../support/testApp.ts';
import {
  csv,
  forgetEntries,
  HEADING,
  hideEntry,
  roster,
  workbook,
  XLSX,
  zipEntry,
  zipOf,
} from '../support/workbook.ts';

/** Files that are no roster, or a trap. */
const t = await createTestApp();
afterAll(() => t.close());
let session = await t.as('minzheng');

async function send(bytes: Buffer | string, type = XLSX): Promise<Response> {
  return t.app.request(`${ORIGIN}/api/salons/${DEMO}/roster?commit=1`, {
    method: 'POST',
    headers: { origin: ORIGIN, cookie: session.cookie, 'content-type': type },
    body: typeof bytes === 'string' ? bytes : new Uint8Array(bytes),
  });
}

const row = ['王一', '学员', '', '13900000001', '', ''];
const good = await roster(row);
const SHEET = 'xl/worksheets/sheet1.xml';
/** 100 MB of blanks, 100 kB packed. */
const blanks = Buffer.alloc(100 * 1024 * 1024, ' ');
const many = Array.from({ length: 10_000 }, (_, index) => [
  `员${index}`,
  '学员',
  '',
  `139${String(index).padStart(8, '0')}`,
  '',
  '',
]);

test.each<[string, Buffer | string, string]>([
  ['an empty file', '', 'rosterUnreadable'],
  ['a text that is no table', '您好', 'rosterUnreadable'],
  ['headings alone', csv(), 'rosterUnreadable'],
  ['other columns', '名字,职务\n王一,学员', 'rosterUnreadable'],
  ['one needed column missing', '姓名,手机号\n王一,13900000001', 'rosterUnreadable'],
  ['what only begins as a zip', Buffer.from('PK\u0003\u0004 and no more'), 'rosterUnreadable'],
  ['half a workbook', good.subarray(0, good.length / 2), 'rosterUnreadable'],
  ['a workbook with its middle destroyed', broken(), 'rosterUnreadable'],
  ['a zip that is no workbook', zipOf('hello.txt', Buffer.from('hello')), 'rosterUnreadable'],
  ['a workbook without a row', await workbook([HEADING]), 'rosterUnreadable'],
  ['a zip bomb', zipOf(SHEET, blanks), 'rosterUnreadable'],
  ['a zip bomb that its directory hides', forgetEntries(zipOf(SHEET, blanks)), 'rosterUnreadable'],
  ['10,000 rows of .csv', csv(...many), 'rosterTooLong'],
  ['10,000 rows of .xlsx', await roster(...many), 'rosterTooLong'],
  ['2,001 rows', csv(...many.slice(0, 2001)), 'rosterTooLong'],
  ['a picture', Buffer.from('89504e470d0a1a0a', 'hex'), 'rosterUnreadable'],
])('%s is refused, and nothing is written', async (_, bytes, code) => {
  session = await t.as('minzheng');
  const before = dump(t);
  const response = await send(bytes, typeof bytes === 'string' ? 'text/csv' : XLSX);
  expect(response.status).toBe(422);
  expect(await codeOf(response)).toBe(code);
  expect(dump(t)).toEqual(before);
});

function broken(): Buffer {
  const bytes = Buffer.from(good);
  bytes.fill(0xff, 60, bytes.length - 400);
  return bytes;
}

it('takes 2,000 rows', async () => {
  const url = `${ORIGIN}/api/salons/${DEMO}/roster`;
  const headers = { origin: ORIGIN, cookie: session.cookie, 'content-type': 'text/csv' };
  const body = csv(...many.slice(0, 2000));
  const response = await t.app.request(url, { method: 'POST', headers, body });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ good: true });
});

it('reads only the parts that the directory names', async () => {
  const strings = zipEntry('xl/sharedStrings.xml', Buffer.from('<sst/>'));
  const bomb = zipEntry(SHEET, blanks);
  for (const entry of [strings, bomb]) {
    const url = `${ORIGIN}/api/salons/${DEMO}/roster`;
    const headers = { origin: ORIGIN, cookie: session.cookie, 'content-type': XLSX };
    const body = new Uint8Array(hideEntry(good, entry));
    const response = await t.app.request(url, { method: 'POST', headers, body });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ rows: [{ name: '王一', result: 'add' }] });
  }
});

it('refuses a file of more than 2 MB before reading it', async () => {
  const before = dump(t);
  const response = await send(`${csv(row)}\n${' '.repeat(2 * 1024 * 1024)}`, 'text/csv');
  expect(response.status).toBe(413);
  expect(dump(t)).toEqual(before);
});

test.each([
  'application/json',
  'text/plain',
  'application/zip',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
])('%s is not a roster’s type', async (type) => {
  const before = dump(t);
  expect((await send(csv(row), type)).status).toBe(415);
  expect(dump(t)).toEqual(before);
});
