import { fromBase64Url } from './bytes.ts';

interface Named {
  readonly id: string;
  readonly label: string;
}
export interface ChoosePaper {
  readonly kind: 'choose';
  readonly options: readonly Named[];
  readonly least: number;
  readonly most: number;
}
export interface MarksPaper {
  readonly kind: 'marks';
  readonly topics: readonly Named[];
  readonly comment: number;
}
export interface MostRule {
  readonly kind: 'most';
  readonly places: number;
  /** Votes without which nobody has a place; none in a run-off. */
  readonly least: number;
}
export type Rule = { readonly kind: 'recall' } | MostRule;
export type Counts = Readonly<Record<string, number>>;

export interface SignedVote {
  readonly prefix: string;
  readonly token: string;
  readonly signature: string;
}
export interface ChooseVote extends SignedVote {
  readonly choice: readonly string[];
}
interface Common {
  readonly format: typeof FORMAT;
  readonly ballot: string;
  readonly question: string;
  readonly rule: Rule | null;
  readonly suite: typeof SUITE;
  readonly publicKey: string;
  readonly fingerprint: string;
  readonly due: number;
  readonly attending: number;
  readonly issued: number;
  readonly received: number;
  readonly valid: number;
  readonly notCast: number;
}
export interface ChooseBulletin extends Common {
  readonly paper: ChoosePaper;
  readonly counts: Counts;
  readonly votes: readonly ChooseVote[];
}
export interface MarksBulletin extends Common {
  readonly paper: MarksPaper;
  readonly totals: Readonly<Record<string, Counts>> | null;
  readonly comments: readonly string[] | null;
  readonly votes: readonly SignedVote[];
}
/** The published document, as far as its shape goes. */
export type BulletinShape = ChooseBulletin | MarksBulletin;

export const FORMAT = 'yuanzhuo-bulletin-1';
export const SUITE = 'RSABSSA-SHA384-PSS-Randomized';

type Fields = Readonly<Record<string, unknown>>;

/** @returns the fields where they are these and in this order */
function fieldsOf(value: unknown, names: readonly string[]): Fields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const found = Object.keys(value);
  const same = found.length === names.length && found.every((name, at) => name === names[at]);
  return same ? { ...value } : undefined;
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;
const isWords = (value: unknown): value is string => typeof value === 'string' && /\S/.test(value);
const isBytes = (value: unknown, length: number): boolean =>
  typeof value === 'string' && fromBase64Url(value)?.length === length;
const isMatch = (value: unknown, pattern: RegExp): boolean =>
  typeof value === 'string' && pattern.test(value);

function isNamed(value: unknown): value is readonly Named[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  const ids = new Set(value.map((one: Fields | null) => one?.['id']));
  return (
    ids.size === value.length &&
    value.every((one) => {
      const fields = fieldsOf(one, ['id', 'label']);
      return isWords(fields?.['id']) && isWords(fields['label']);
    })
  );
}

function readPaper(value: unknown): ChoosePaper | MarksPaper | undefined {
  const marks = fieldsOf(value, ['kind', 'topics', 'comment']);
  if (marks) {
    const { kind, topics, comment } = marks;
    return kind === 'marks' && isNamed(topics) && isCount(comment)
      ? { kind, topics, comment }
      : undefined;
  }
  const choose = fieldsOf(value, ['kind', 'options', 'least', 'most']);
  const { kind, options, least, most } = choose ?? {};
  if (kind !== 'choose' || !isNamed(options) || !isCount(least) || !isCount(most)) return undefined;
  const fits = least <= most && most >= 1 && most <= options.length;
  return fits && options.every(({ id }) => id !== 'blank')
    ? { kind, options, least, most }
    : undefined;
}

function isRule(value: unknown): boolean {
  if (value === null || fieldsOf(value, ['kind'])?.['kind'] === 'recall') return true;
  const { kind, places, least } = fieldsOf(value, ['kind', 'places', 'least']) ?? {};
  return kind === 'most' && isCount(places) && places >= 1 && (least === 0 || least === 1);
}

/** A number for each of these and for nothing else. */
function areCounts(value: unknown, ids: readonly string[]): boolean {
  // Names that look like numbers come first whatever the order they were written in.
  const names = Object.keys(Object.fromEntries(ids.map((id) => [id, 0])));
  const fields = fieldsOf(value, names);
  return fields !== undefined && names.every((name) => isCount(fields[name]));
}

const MARKS = ['1', '2', '3', '4', '5'];

function areTotals(value: unknown, { topics }: MarksPaper): boolean {
  if (value === null) return true;
  const names = Object.keys(Object.fromEntries(topics.map(({ id }) => [id, 0])));
  const fields = fieldsOf(value, names);
  return fields !== undefined && names.every((name) => areCounts(fields[name], MARKS));
}

const areComments = (value: unknown, { comment }: MarksPaper): boolean =>
  value === null ||
  (Array.isArray(value) &&
    value.every((said) => typeof said === 'string' && [...said].length <= comment));

function isVote(value: unknown, kind: 'choose' | 'marks'): boolean {
  const names = ['prefix', 'token', 'signature', ...(kind === 'choose' ? ['choice'] : [])];
  const { prefix, token, signature, choice = [] } = fieldsOf(value, names) ?? {};
  const signed = isBytes(prefix, 32) && isBytes(token, 32) && isBytes(signature, 384);
  return signed && Array.isArray(choice) && choice.every(isWords);
}

const NUMBERS = ['due', 'attending', 'issued', 'received', 'valid', 'notCast'];
const HEAD = ['format', 'ballot', 'question', 'paper', 'rule', 'suite', 'publicKey', 'fingerprint'];

const isHex = /^[0-9a-f]{64}$/;
const SIMPLE: Readonly<Record<string, (value: unknown) => boolean>> = {
  format: (value) => value === FORMAT,
  ballot: (value) => isMatch(value, /^[0-9a-z]{20}$/),
  question: isWords,
  rule: isRule,
  suite: (value) => value === SUITE,
  publicKey: (value) => typeof value === 'string' && /^[\w-]+$/.test(value),
  fingerprint: (value) => isMatch(value, isHex),
  ...Object.fromEntries(NUMBERS.map((name) => [name, isCount])),
};

/** The first thing in it that is not as it should be, in words; nothing where all is. */
function wrongIn(value: Fields): string | undefined {
  const simple = Object.entries(SIMPLE).find(([name, isRight]) => !isRight(value[name]));
  if (simple) return `「${simple[0]}」一项`;
  const paper = readPaper(value['paper']);
  if (!paper) return '「paper」一项';
  const { kind } = paper;
  const results = kind === 'choose' ? ['counts'] : ['totals', 'comments'];
  if (!fieldsOf(value, [...HEAD, ...NUMBERS, ...results, 'votes'])) return '字段的多少或次序';
  if (
    kind === 'choose' &&
    !areCounts(value['counts'], [...paper.options.map(({ id }) => id), 'blank'])
  )
    return '「counts」一项';
  if (kind === 'marks' && !areTotals(value['totals'], paper)) return '「totals」一项';
  if (kind === 'marks' && !areComments(value['comments'], paper)) return '「comments」一项';
  const { votes } = value;
  if (!Array.isArray(votes)) return '「votes」一项';
  const bad = votes.findIndex((vote) => !isVote(vote, kind));
  return bad === -1 ? undefined : `第 ${bad + 1} 张票`;
}

const isBulletin = (value: Fields): value is Fields & BulletinShape => wrongIn(value) === undefined;

/** @returns the bulletin, or where it is not one */
export function readBulletin(text: string): BulletinShape | { readonly wrong: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { wrong: '文件不完整，' };
  }
  if (typeof value !== 'object' || value === null) return { wrong: '文件' };
  const fields: Fields = { ...value };
  return isBulletin(fields) ? fields : { wrong: wrongIn(fields) ?? '文件' };
}
