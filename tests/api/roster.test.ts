import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { RosterReport } from '../../api/salon/contract.ts';
import { dump } from '../support/dump.ts';
import {
  type Client,
  codeOf,
  createTestApp,
  DEMO,
  ORIGIN,
  type TestApp,
} from '../support/testApp.ts';
import { csv, HEADING, roster, workbook, XLSX } from '../support/workbook.ts';

let t: TestApp;
let host: Client;
beforeEach(async () => {
  t = await createTestApp();
  host = await t.as('minzheng');
});
afterEach(() => t.close());

interface Sending {
  readonly commit?: boolean;
  readonly type?: string;
  readonly key?: string;
}
async function send(sheet: Buffer | string, { commit = false, type, key }: Sending = {}) {
  const url = `${ORIGIN}/api/salons/${DEMO}/roster${commit ? '?commit=1' : ''}`;
  const kind = type ?? (typeof sheet === 'string' ? 'text/csv' : XLSX);
  return t.app.request(url, {
    method: 'POST',
    headers: {
      origin: ORIGIN,
      cookie: host.cookie,
      'content-type': kind,
      ...(key && { 'idempotency-key': key }),
    },
    body: typeof sheet === 'string' ? sheet : new Uint8Array(sheet),
  });
}
async function report(response: Response): Promise<RosterReport> {
  expect(response.status).toBe(200);
  return (await response.json()) as RosterReport;
}
const results = ({ rows }: RosterReport) => rows.map(({ result }) => result);
const names = () =>
  t.services.db.sqlite.prepare<[], string>('SELECT name FROM person').pluck().all();
const seats = () =>
  t.services.db.sqlite.prepare<[], string>('SELECT community FROM seat').pluck().all();

const GOOD = [
  ['王一', '社区书记', '新社区', '13900000001', '', ''],
  ['王二', '主办单位', '', '13900000002', '', '县民政局'],
  ['王三', '培训师', '', '', 'wangsan', '社区学院'],
  ['王四', '学员', '', '+86 139-0000-0004', '', ''],
  ['王五', '嘉宾', '', '13900000005', '', '县医保局'],
];
const BAD = ['王六', '社长', '', '13900000006', '', ''];

describe('a dry run', () => {
  it('says row by row what would happen, and writes nothing', async () => {
    const before = dump(t);
    const { rows, good, invitations } = await report(await send(await roster(...GOOD)));
    expect(good).toBe(true);
    expect(invitations).toBeNull();
    expect(rows.map(({ line, message }) => `${line} ${message}`)).toEqual([
      '2 新建账号，增设席位“新社区”并担任',
      '3 新建账号，加入为主办单位',
      '4 新建账号，加入为培训师',
      '5 新建账号，加入为学员',
      '6 新建账号，加入为嘉宾',
    ]);
    expect(dump(t)).toEqual(before);
  });

  it('names every wrong row by its line in the sheet', async () => {
    const blank = ['', '', '', '', '', ''];
    const noLogin = ['王七', '学员', '', '', '', ''];
    const before = dump(t);
    const sheet = await roster(GOOD[0] ?? [], blank, BAD, noLogin);
    const { rows, good } = await report(await send(sheet));
    expect(good).toBe(false);
    expect(rows.map(({ line, result }) => [line, result])).toEqual([
      [2, 'add'],
      [4, 'wrong'],
      [5, 'wrong'],
    ]);
    expect(rows[1]?.message).toBe('身份须是社区书记、主办单位、培训师、学员、嘉宾之一');
    expect(rows[2]?.message).toBe('手机号和用户名至少填一个，否则以后无法登录');
    expect(dump(t)).toEqual(before);
  });
});

describe('an import', () => {
  it('adds everybody, with an invitation each', async () => {
    const done = await report(await send(await roster(...GOOD), { commit: true }));
    expect(results(done)).toEqual(Array(5).fill('add'));
    expect(done.invitations?.map(({ name }) => name)).toEqual(GOOD.map(([name]) => name));
    expect(seats()).toContain('新社区');
    const members = await (await host.get(`/api/salons/${DEMO}/members`)).json();
    const added = members.members.filter(({ name }: { name: string }) => /^王/.test(name));
    expect(
      added.map(({ name, role, phone }: Record<string, string>) => [name, role, phone]),
    ).toEqual(
      expect.arrayContaining([
        ['王一', 'secretary', '139****0001'],
        ['王二', 'host', '139****0002'],
        ['王三', 'trainer', null],
        ['王四', 'learner', '139****0004'],
        ['王五', 'guest', '139****0005'],
      ]),
    );
    for (const { code } of done.invitations ?? []) {
      const seen = await t.visitor.send('POST', '/api/passes/inspect', { pass: code });
      expect(seen.status).toBe(200);
    }
  });

  it('writes nothing at all when one row is wrong', async () => {
    const before = dump(t);
    const refused = await send(await roster(...GOOD, BAD), { commit: true });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({
      type: 'urn:yuanzhuo:problem:rosterHasErrors',
      errors: [{ path: '/7', message: '身份须是社区书记、主办单位、培训师、学员、嘉宾之一' }],
    });
    expect(dump(t)).toEqual(before);
  });

  it('changes nothing the second time', async () => {
    await send(await roster(...GOOD), { commit: true });
    const before = dump(t, ['audit', 'audit_head']);
    const again = await report(await send(await roster(...GOOD), { commit: true }));
    expect(results(again)).toEqual(Array(5).fill('same'));
    expect(again.invitations).toEqual([]);
    expect(dump(t, ['audit', 'audit_head'])).toEqual(before);
  });

  it('is done once for one Idempotency-Key, at once or later, with the same invitations', async () => {
    const sheet = await roster(...GOOD);
    const sending = { commit: true, key: 'import-0001' };
    const [one, two] = await Promise.all([send(sheet, sending), send(sheet, sending)]);
    const first = await report(one);
    expect(await report(two)).toEqual(first);
    expect(await report(await send(sheet, sending))).toEqual(first);
    expect(names().filter((name) => name === '王一')).toHaveLength(1);
    const other = await send(await roster(['王八', '学员', '', '13900000008', '', '']), sending);
    expect(other.status).toBe(409);
    expect(names()).not.toContain('王八');
  });

  it('gives someone with two roles one invitation that is good', async () => {
    const twice = [
      ['王一', '社区书记', '新社区', '13900000001', '', ''],
      ['王一', '培训师', '', '13900000001', '', ''],
    ];
    const { invitations } = await report(await send(await roster(...twice), { commit: true }));
    expect(invitations).toHaveLength(1);
    const pass = invitations?.[0]?.code;
    expect((await t.visitor.send('POST', '/api/passes/inspect', { pass })).status).toBe(200);
  });

  it('says beforehand whatever would stop it', async () => {
    const { sqlite } = t.services.db;
    sqlite.exec("UPDATE person SET phone = '13900000009' WHERE user_name = 'xueyuan'");
    sqlite.exec("UPDATE person SET deactivated_at = 1 WHERE user_name = 'baoxian'");
    const name = '演示·学员';
    const sheets = [
      // One account, by its phone and by its user name, twice in one role.
      [
        [name, '嘉宾', '', '13900000009', '', ''],
        [name, '嘉宾', '', '', 'xueyuan', ''],
      ],
      // … and on two seats.
      [
        [name, '社区书记', '新社区一', '13900000009', '', ''],
        [name, '社区书记', '新社区二', '', 'xueyuan', ''],
      ],
      // A closed account.
      [['演示·嘉宾二', '学员', '', '', 'baoxian', '']],
      // Two new people who turn out to be one, in the third row.
      [
        ['王一', '学员', '', '13900000001', '', ''],
        ['王一', '嘉宾', '', '', 'wangyi', ''],
        ['王一', '培训师', '', '13900000001', 'wangyi', ''],
      ],
    ];
    for (const rows of sheets) {
      const before = dump(t);
      const { good } = await report(await send(await roster(...rows)));
      expect(good).toBe(false);
      const refused = await send(await roster(...rows), { commit: true });
      expect(await codeOf(refused)).toBe('rosterHasErrors');
      expect(dump(t)).toEqual(before);
    }
  });

  it('hands no seat over and takes no account by its number', async () => {
    t.services.db.sqlite.exec("UPDATE person SET phone = '13900000009' WHERE user_name = 'weiyun'");
    const rows = [
      ['王一', '社区书记', '渭运社区', '13900000001', '', ''],
      ['王九', '学员', '', '13900000009', '', ''],
      ['演示·渭运社区书记', '社区书记', '景翼社区', '13900000009', '', ''],
    ];
    const { rows: shown } = await report(await send(await roster(...rows)));
    expect(shown.map(({ message }) => message)).toEqual([
      '“渭运社区”现由别人担任书记；换届请到“席位”页办理交接',
      '这个手机号或用户名已属于另一个账号，请核对姓名与号码',
      '表里前面的“王九”用了同一个手机号或用户名 13900000009',
    ]);
  });
});

describe('what a sheet may look like', () => {
  const expected = ['add', 'add', 'add', 'add', 'add'];

  test.each([
    ['UTF-8', csv(...GOOD)],
    ['UTF-8 with a byte order mark', `\ufeff${csv(...GOOD)}`],
    ['line feeds and empty lines', `${csv(...GOOD).replaceAll('\r\n', '\n')}\n\n`],
    ['quotes', csv(...GOOD.map((row) => row.map((cell) => `"${cell}"`)))],
  ])('a .csv in %s', async (_, text) => {
    expect(results(await report(await send(text)))).toEqual(expected);
  });

  it('a .csv in GB 18030, as Excel in China writes it', async () => {
    // 姓名,身份,手机号 / 王一,学员,13900000001
    const bytes = Buffer.concat([
      Buffer.from('d0d5c3fb2cc9edb7dd2ccad6bbfabac50d0a', 'hex'),
      Buffer.from('cdf5d2bb2cd1a7d4b12c', 'hex'),
      Buffer.from('13900000001\r\n'),
    ]);
    const { rows } = await report(await send(bytes, { type: 'text/csv' }));
    expect(rows).toMatchObject([{ name: '王一', role: '学员', result: 'add' }]);
  });

  it('columns in any order, more of them, and notes behind the headings', async () => {
    const text = '备注,手机号（必填）,身份*,姓名 \nx,13900000001,学员,王一';
    const { rows } = await report(await send(text));
    expect(rows).toMatchObject([{ line: 2, name: '王一', role: '学员', result: 'add' }]);
  });

  it('numbers that Excel took for numbers', async () => {
    const row = [{ value: '王一' }, { value: '学员' }, null, { value: 13900000001 }];
    const { rows } = await report(await send(await workbook([HEADING, row])));
    expect(rows).toMatchObject([{ name: '王一', result: 'add' }]);
  });

  it('merged cells: only the first row has what was merged, and the rest are told', async () => {
    const rows = [
      HEADING,
      [{ value: '王一' }, { value: '学员', rowSpan: 2 }, null, { value: '13900000001' }],
      [{ value: '王二' }, null, null, { value: '13900000002' }],
    ];
    const done = await report(await send(await workbook(rows)));
    expect(results(done)).toEqual(['add', 'wrong']);
    expect(done.rows[1]).toMatchObject({ line: 3, name: '王二' });
  });

  it('formulas, which are never worked out', async () => {
    const formula = { value: '=CONCATENATE("王","一")', type: 'Formula' as const };
    const rows = [HEADING, [formula, { value: '学员' }, null, { value: '13900000001' }]];
    const done = await report(await send(await workbook(rows)));
    expect(results(done)).toEqual(['wrong']);
    const text = csv(['=HYPERLINK("http://x")', '学员', '', '13900000001', '', '']);
    expect(results(await report(await send(text)))).toEqual(['wrong']);
  });

  it('the template that is offered, whose examples say to delete them', async () => {
    const template = await host.get('/api/roster-template.xlsx');
    expect(template.headers.get('content-type')).toBe(XLSX);
    const done = await report(await send(Buffer.from(await template.arrayBuffer())));
    expect(done.rows.map(({ name }) => name)).toEqual([
      '张三（示例，请删去本行）',
      '李四（示例，请删去本行）',
    ]);
  });
});
