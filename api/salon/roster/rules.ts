import { z } from 'zod';
import type { MemberRole } from '../../access/rules.ts';
import { line, phone, userName } from '../../core/text.ts';
import { ROLE_WORDS, type SheetRow } from './columns.ts';

/** An account that the sheet may mean. */
export interface KnownPerson {
  readonly id: string;
  readonly name: string;
  /** Whether the account is open. */
  readonly active: boolean;
  readonly roles: readonly MemberRole[];
  /** The community whose seat they hold, in any salon. */
  readonly seat: { readonly community: string; readonly here: boolean } | null;
}

/** What the database says before the import. */
export interface RosterFacts {
  /** By phone number and by user name. */
  readonly people: ReadonlyMap<string, KnownPerson>;
  /** Seats of this salon: the community and its holder's id. */
  readonly seats: ReadonlyMap<string, string | null>;
}

export interface RosterEntry {
  readonly name: string;
  readonly role: MemberRole;
  readonly community: string;
  readonly phone: string | undefined;
  readonly userName: string | undefined;
  readonly unit: string;
}

export interface CheckedRow {
  readonly line: number;
  readonly name: string;
  readonly role: string;
  readonly community: string;
  readonly result: 'add' | 'same' | 'wrong';
  readonly message: string;
  /** What to write, for a row to add. */
  readonly entry: RosterEntry | undefined;
}

const optional = <T extends z.ZodType>(shape: T) =>
  z.preprocess((text) => (text === '' ? undefined : text), shape.optional());

const shape = z.object({
  姓名: line('姓名', { max: 40 }).refine((text) => !/^[=+@-]/.test(text), {
    error: '姓名不能以 = + - @ 开头',
  }),
  社区: line('社区', { min: 0, max: 40 }),
  手机号: optional(phone),
  用户名: optional(userName),
  单位: line('单位', { min: 0, max: 60 }),
});

function roleOf(word: string): MemberRole | undefined {
  const roles = Object.entries(ROLE_WORDS) as [MemberRole, readonly string[]][];
  return roles.find(([, words]) => words.includes(word))?.[0];
}

/** A row read by itself, or what is wrong with it. */
function readRow({ cells }: SheetRow): RosterEntry | string {
  const parsed = shape.safeParse(cells);
  if (!parsed.success) return [...new Set(parsed.error.issues.map((i) => i.message))].join(';');
  const { 姓名: name, 社区: community, 手机号: phoneNumber, 用户名, 单位: unit } = parsed.data;
  const role = roleOf(cells.身份);
  if (!role) {
    const words = Object.values(ROLE_WORDS).map(([first]) => first);
    return `身份须是${words.join('、')}之一`;
  }
  if (role === 'secretary' && community === '') return '社区书记须写明社区';
  if (role !== 'secretary' && community !== '') return '只有社区书记填社区；其他人请填在“单位”';
  if (!phoneNumber && !用户名) return '手机号和用户名至少填一个，否则以后无法登录';
  return { name, role, community, phone: phoneNumber, userName: 用户名, unit };
}

/**
 * Checks a whole roster against the database and itself; decides nothing by halves. Pure: the same
 * sheet and facts give the same report.
 */
export function checkRoster(rows: readonly SheetRow[], facts: RosterFacts): CheckedRow[] {
  const seen = {
    logins: new Map<string, { name: string; who: string }>(),
    roles: new Set<string>(),
    seats: new Set<string>(),
  };
  return rows.map((row) => {
    const { 姓名: name, 身份: role, 社区: community } = row.cells;
    const shown = { line: row.line, name, role, community };
    const entry = readRow(row);
    if (typeof entry === 'string') {
      return { ...shown, result: 'wrong', message: entry, entry: undefined };
    }
    const known = knownPerson(entry, facts);
    const wrong = clashInSheet(entry, known, seen) ?? clashWithFacts(entry, facts);
    if (wrong) return { ...shown, result: 'wrong', message: wrong, entry: undefined };
    const same =
      entry.role === 'secretary'
        ? known !== undefined && facts.seats.get(entry.community) === known.id
        : (known?.roles.includes(entry.role) ?? false);
    if (same) return { ...shown, result: 'same', message: '已在名单里，不改动', entry: undefined };
    if (known && !known.active) {
      return { ...shown, result: 'wrong', message: CLOSED, entry: undefined };
    }
    return { ...shown, result: 'add', message: whatHappens(entry, known, facts), entry };
  });
}

const CLOSED = '此人的账号已停用；请先请系统管理员恢复';

const loginsOf = ({ phone: number, userName: name }: RosterEntry): string[] =>
  [number, name].filter((text) => text !== undefined);

interface Seen {
  readonly logins: Map<string, { readonly name: string; readonly who: string }>;
  readonly roles: Set<string>;
  readonly seats: Set<string>;
}

/**
 * Two rows may be one person in two roles; not two people with one phone, nor a seat twice. Who is
 * not known yet is told by all that is given to sign in with: were that different from row to row,
 * the first rows would make two accounts that a later one takes for the same.
 */
function clashInSheet(
  entry: RosterEntry,
  known: KnownPerson | undefined,
  seen: Seen,
): string | undefined {
  const logins = loginsOf(entry);
  const who = known?.id ?? logins.join(' ');
  for (const login of logins) {
    const before = seen.logins.get(login);
    if (!before) continue;
    if (before.name !== entry.name) {
      return `表里前面的“${before.name}”用了同一个手机号或用户名 ${login}`;
    }
    if (before.who !== who) {
      return '同一个人在前面一行写的手机号或用户名不同；请每行都写成一样';
    }
  }
  for (const login of logins) seen.logins.set(login, { name: entry.name, who });
  const role = `${who} ${entry.role}`;
  if (seen.roles.has(role)) return '表里前面已有同一个人的同一身份';
  seen.roles.add(role);
  if (entry.role !== 'secretary') return undefined;
  if (seen.seats.has(entry.community)) return `表里前面已有“${entry.community}”的书记`;
  seen.seats.add(entry.community);
  return undefined;
}

const knownPerson = (entry: RosterEntry, { people }: RosterFacts): KnownPerson | undefined =>
  loginsOf(entry)
    .map((login) => people.get(login))
    .find((found) => found !== undefined);

function clashWithFacts(entry: RosterEntry, facts: RosterFacts): string | undefined {
  const matches = loginsOf(entry).map((login) => facts.people.get(login));
  const found = matches.filter((person) => person !== undefined);
  if (found.some((person) => person.id !== found[0]?.id)) {
    return '手机号和用户名属于两个不同的账号，请核对';
  }
  const known = found[0];
  if (known && known.name !== entry.name) {
    return '这个手机号或用户名已属于另一个账号，请核对姓名与号码';
  }
  if (entry.role !== 'secretary') return undefined;
  const holder = facts.seats.get(entry.community);
  if (holder && holder !== known?.id) {
    return `“${entry.community}”现由别人担任书记；换届请到“席位”页办理交接`;
  }
  if (known?.seat && !(known.seat.here && known.seat.community === entry.community)) {
    return '此人已担任别的席位；一位书记只能担任一个席位';
  }
  return undefined;
}

function whatHappens(
  { role, community }: RosterEntry,
  known: KnownPerson | undefined,
  { seats }: RosterFacts,
): string {
  const account = known ? '已有账号' : '新建账号';
  if (role !== 'secretary') return `${account}，加入为${ROLE_WORDS[role][0]}`;
  return seats.has(community)
    ? `${account}，担任现有席位“${community}”`
    : `${account}，增设席位“${community}”并担任`;
}
