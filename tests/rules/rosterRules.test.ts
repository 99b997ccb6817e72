import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { SheetRow } from '../../api/salon/roster/columns.ts';
import {
  type CheckedRow,
  checkRoster,
  type KnownPerson,
  type RosterFacts,
} from '../../api/salon/roster/rules.ts';

type Cells = Partial<SheetRow['cells']>;
const EMPTY = { 姓名: '', 身份: '', 社区: '', 手机号: '', 用户名: '', 单位: '' };
const sheet = (...rows: readonly Cells[]): SheetRow[] =>
  rows.map((cells, index) => ({ line: index + 2, cells: { ...EMPTY, ...cells } }));
const NOBODY: RosterFacts = { people: new Map(), seats: new Map() };

const ada: KnownPerson = { id: 'ada', name: '安达', active: true, roles: ['host'], seat: null };
const bo: KnownPerson = {
  id: 'bo',
  name: '伯',
  active: true,
  roles: ['secretary'],
  seat: { community: '旧社区', here: true },
};
const away: KnownPerson = {
  ...bo,
  id: 'away',
  seat: { community: '外地', here: false },
  roles: [],
};
const FACTS: RosterFacts = {
  people: new Map([
    ['13900000001', ada],
    ['ada', ada],
    ['13900000002', bo],
    ['away', away],
    ['shut', { ...ada, id: 'shut', active: false, roles: [] }],
  ]),
  seats: new Map([
    ['旧社区', 'bo'],
    ['空社区', null],
  ]),
};

describe('one row', () => {
  test.each<[string, Cells, string]>([
    ['no name', { 身份: '学员', 用户名: 'x1' }, '请填写姓名'],
    [
      'a name like a formula',
      { 姓名: '=1', 身份: '学员', 用户名: 'x1' },
      '姓名不能以 = + - @ 开头',
    ],
    ['no role', { 姓名: '王', 用户名: 'x1' }, '身份须是社区书记、主办单位、培训师、学员、嘉宾之一'],
    [
      'an unknown role',
      { 姓名: '王', 身份: '管理员', 用户名: 'x1' },
      '身份须是社区书记、主办单位、培训师、学员、嘉宾之一',
    ],
    ['a secretary of nothing', { 姓名: '王', 身份: '书记', 用户名: 'x1' }, '社区书记须写明社区'],
    [
      'a guest of a community',
      { 姓名: '王', 身份: '嘉宾', 社区: '某社区', 用户名: 'x1' },
      '只有社区书记填社区；其他人请填在“单位”',
    ],
    [
      'no way to sign in',
      { 姓名: '王', 身份: '嘉宾' },
      '手机号和用户名至少填一个，否则以后无法登录',
    ],
    [
      'a wrong number',
      { 姓名: '王', 身份: '嘉宾', 手机号: '123' },
      '手机号须是 11 位数字，例如 13800000000',
    ],
    [
      'a user name of digits',
      { 姓名: '王', 身份: '嘉宾', 用户名: '123' },
      '用户名不能全是数字，以免与手机号混淆',
    ],
    [
      'another’s number',
      { 姓名: '王', 身份: '嘉宾', 手机号: '13900000001' },
      '这个手机号或用户名已属于另一个账号，请核对姓名与号码',
    ],
    [
      'two accounts at once',
      { 姓名: '安达', 身份: '嘉宾', 手机号: '13900000002', 用户名: 'ada' },
      '手机号和用户名属于两个不同的账号，请核对',
    ],
    [
      'a seat that is held',
      { 姓名: '王', 身份: '书记', 社区: '旧社区', 用户名: 'x1' },
      '“旧社区”现由别人担任书记；换届请到“席位”页办理交接',
    ],
    [
      'a second seat',
      { 姓名: '伯', 身份: '书记', 社区: '空社区', 手机号: '13900000002' },
      '此人已担任别的席位；一位书记只能担任一个席位',
    ],
    [
      'a seat beside one elsewhere',
      { 姓名: '伯', 身份: '书记', 社区: '空社区', 用户名: 'away' },
      '此人已担任别的席位；一位书记只能担任一个席位',
    ],
    [
      'a closed account',
      { 姓名: '安达', 身份: '嘉宾', 用户名: 'shut' },
      '此人的账号已停用；请先请系统管理员恢复',
    ],
  ])('wrong: %s', (_, cells, message) => {
    const [row] = checkRoster(sheet(cells), FACTS);
    expect(row).toMatchObject({ line: 2, result: 'wrong', message, entry: undefined });
  });

  test.each<[Cells, 'add' | 'same', string]>([
    [
      { 姓名: '王', 身份: '书记', 社区: '新社区', 用户名: 'x1' },
      'add',
      '新建账号，增设席位“新社区”并担任',
    ],
    [
      { 姓名: '王', 身份: '社区书记', 社区: '空社区', 用户名: 'x1' },
      'add',
      '新建账号，担任现有席位“空社区”',
    ],
    [{ 姓名: '安达', 身份: '讲师', 用户名: 'ADA' }, 'add', '已有账号，加入为培训师'],
    [{ 姓名: '安达', 身份: '主办', 手机号: '+86 139 0000 0001' }, 'same', '已在名单里，不改动'],
    [
      { 姓名: '伯', 身份: '书记', 社区: '旧社区', 手机号: '13900000002' },
      'same',
      '已在名单里，不改动',
    ],
  ])('good: %j', (cells, result, message) => {
    expect(checkRoster(sheet(cells), FACTS)).toMatchObject([{ result, message }]);
  });
});

describe('rows against each other', () => {
  const first = { 姓名: '王', 身份: '学员', 手机号: '13900000005' };
  test.each<[string, Cells, string]>([
    ['the same again', first, '表里前面已有同一个人的同一身份'],
    [
      'another with the same number',
      { ...first, 姓名: '李' },
      '表里前面的“王”用了同一个手机号或用户名 13900000005',
    ],
    [
      'more to sign in with',
      { ...first, 身份: '嘉宾', 用户名: 'x1' },
      '同一个人在前面一行写的手机号或用户名不同；请每行都写成一样',
    ],
  ])('wrong: %s', (_, second, message) => {
    const rows = checkRoster(sheet(first, second), NOBODY);
    expect(rows.map(({ result }) => result)).toEqual(['add', 'wrong']);
    expect(rows[1]?.message).toBe(message);
  });

  it('two for one seat, and one for two', () => {
    const seat = (姓名: string, 社区: string, 用户名: string) => ({
      姓名,
      身份: '书记',
      社区,
      用户名,
    });
    const two = checkRoster(sheet(seat('王', '甲', 'x1'), seat('李', '甲', 'x2')), NOBODY);
    expect(two[1]?.message).toBe('表里前面已有“甲”的书记');
    const one = checkRoster(sheet(seat('王', '甲', 'x1'), seat('王', '乙', 'x1')), NOBODY);
    expect(one[1]?.message).toBe('表里前面已有同一个人的同一身份');
  });
});

/** Rows from few values, so that they meet often. */
const someRow = fc.record({
  姓名: fc.constantFrom('王', '李', '安达', '=1', ''),
  身份: fc.constantFrom('书记', '学员', '主办单位', '嘉宾', '其他'),
  社区: fc.constantFrom('甲', '乙', '旧社区', '', ''),
  手机号: fc.constantFrom('13900000001', '139 0000 0003', '13900000004', '12', ''),
  用户名: fc.constantFrom('ada', 'X1', 'x2', '', ''),
  单位: fc.constantFrom('某局', ''),
});
const someSheet = fc.array(someRow, { maxLength: 12 }).map((rows) => sheet(...rows));

/** What the database knows after the rows were written as the import writes them, one by one. */
function afterImport(rows: readonly CheckedRow[], facts: RosterFacts): RosterFacts {
  const people = new Map(facts.people);
  const seats = new Map(facts.seats);
  rows.forEach(({ entry }, index) => {
    if (!entry) return;
    const { phone, userName, name, role, community } = entry;
    const logins = [phone, userName].filter((one) => one !== undefined);
    const found = logins.map((one) => people.get(one)).find((one) => one !== undefined);
    const before = found ?? { id: `new ${index}`, name, active: true, roles: [], seat: null };
    expect(before.roles, 'a role that is there already would stop the import').not.toContain(role);
    const secretary = role === 'secretary';
    if (secretary) expect(before.seat, 'a second seat would stop the import').toBeNull();
    const seat = secretary ? { community, here: true } : before.seat;
    const now: KnownPerson = { ...before, roles: [...before.roles, role], seat };
    // An account that is there keeps the logins it has; a new one has all that are given.
    const own = [...people].filter(([, one]) => one.id === now.id).map(([login]) => login);
    for (const login of found ? own : logins) people.set(login, now);
    if (secretary) seats.set(community, now.id);
  });
  return { people, seats };
}

describe('any sheet', () => {
  it('is all the same when it comes again, if it was good', () => {
    let good = 0;
    fc.assert(
      fc.property(someSheet, fc.constantFrom(NOBODY, FACTS), (rows, facts) => {
        const wrong = checkRoster(rows, facts).filter(({ result }) => result === 'wrong');
        const lines = new Set(wrong.map(({ line }) => line));
        // Without the wrong rows the rest may still be wrong: it is asked again.
        const rest = rows.filter(({ line }) => !lines.has(line));
        const first = checkRoster(rest, facts);
        if (rest.length === 0 || first.some(({ result }) => result === 'wrong')) return;
        good += 1;
        const second = checkRoster(rest, afterImport(first, facts));
        expect(second.map(({ result }) => result)).toEqual(rest.map(() => 'same'));
      }),
      { numRuns: 2000 },
    );
    expect(good).toBeGreaterThan(500);
  });

  it('has an answer for each row, with something to write only where there is something', () => {
    fc.assert(
      fc.property(someSheet, (rows) => {
        const checked = checkRoster(rows, FACTS);
        expect(checked.map(({ line }) => line)).toEqual(rows.map(({ line }) => line));
        for (const { result, entry, message } of checked) {
          expect(entry !== undefined).toBe(result === 'add');
          expect(message).not.toBe('');
        }
      }),
    );
  });

  it('is wrong as soon as one row of it is', () => {
    fc.assert(
      fc.property(someSheet, fc.nat(12), (rows, at) => {
        const bad = { line: 99, cells: { ...EMPTY, 姓名: '王', 身份: '社长' } };
        const checked = checkRoster([...rows.slice(0, at), bad, ...rows.slice(at)], FACTS);
        expect(checked.find(({ line }) => line === 99)?.result).toBe('wrong');
        const others = checked.filter(({ line }) => line !== 99);
        expect(others).toEqual(checkRoster(rows, FACTS));
      }),
    );
  });
});
