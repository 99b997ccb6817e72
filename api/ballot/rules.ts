/** What a ballot is made of and what a vote may be (salon-rules §6). Pure. */

export const SUITE = 'RSABSSA-SHA384-PSS-Randomized';
/** Bits of the key, bytes of a signature, of a token, of RFC 9474's message prefix, of the salt. */
export const KEY_BITS = 3072;
export const SIGNATURE_BYTES = KEY_BITS / 8;
export const TOKEN_BYTES = 32;
export const PREFIX_BYTES = 32;
export const SALT_BYTES = 48;
/** One paper is no secret: with fewer taken, nobody casts. */
export const FEWEST = 3;

export const PHASES = ['taking', 'sealing', 'casting', 'counting', 'closed', 'void'] as const;
export type Phase = (typeof PHASES)[number];

export interface Option {
  readonly id: string;
  readonly label: string;
}

/** Options to choose from; what is on a choice stands in their order. */
export interface ChoicePaper {
  readonly kind: 'choose';
  readonly options: readonly Option[];
  readonly least: number;
  readonly most: number;
}

/** Marks from 1 to 5 and a comment of at most so many characters: the second paper. */
export interface MarksPaper {
  readonly kind: 'marks';
  readonly topics: readonly Option[];
  readonly comment: number;
}

export type Paper = ChoicePaper | MarksPaper;

/**
 * What the counts will be taken for; the box only prints it. `least` are the votes without which
 * nobody has a place: one in an election, none in a run-off.
 */
export type Rule =
  | { readonly kind: 'recall' }
  | { readonly kind: 'most'; readonly places: number; readonly least: 0 | 1 }
  | null;

export interface Marks {
  readonly marks: Readonly<Record<string, number>>;
  readonly comment: string;
}
export type Choice = readonly string[] | Marks;

/** What is published of second papers: how often each mark was given, and the comments, sorted. */
export interface Summary {
  readonly totals: Readonly<Record<string, Readonly<Record<string, number>>>> | null;
  readonly comments: readonly string[] | null;
}

/** What the blind signature binds: suite, ballot and token; RFC 9474 puts the prefix before it. */
export const messageOf = (ballot: string, token: string): Buffer =>
  Buffer.from(`yuanzhuo ballot 1\n${SUITE}\n${ballot}\n${token}`);

/** @returns the choice as it is stored and compared, or undefined where the paper has no such one */
export function canonical(paper: Paper, choice: Choice): string | undefined {
  const written =
    paper.kind === 'choose' ? chosen(paper, choice as readonly string[]) : marked(paper, choice);
  return written && JSON.stringify(written);
}

function chosen(paper: ChoicePaper, choice: Choice): readonly string[] | undefined {
  if (!Array.isArray(choice)) return undefined;
  const ordered = paper.options.map(({ id }) => id).filter((id) => choice.includes(id));
  const allowed = choice.length >= paper.least && choice.length <= paper.most;
  // Nothing twice, nothing unknown.
  return allowed && ordered.length === choice.length ? ordered : undefined;
}

function marked(paper: MarksPaper, choice: Choice): Marks | undefined {
  if (!('marks' in choice)) return undefined;
  const known = paper.topics.map(({ id }) => id).filter((id) => Object.hasOwn(choice.marks, id));
  const allowed = Object.values(choice.marks).every(
    (mark) => Number.isInteger(mark) && mark >= 1 && mark <= 5,
  );
  if (!allowed || known.length !== Object.keys(choice.marks).length) return undefined;
  if ([...choice.comment].length > paper.comment) return undefined;
  const marks = Object.fromEntries(known.map((id) => [id, choice.marks[id] ?? 0]));
  return { marks, comment: choice.comment };
}

/** How often each option was chosen, in the options' order, then the papers without one. */
export function countChoices(
  paper: ChoicePaper,
  choices: readonly (readonly string[])[],
): Readonly<Record<string, number>> {
  const count = (id: string): number => choices.filter((one) => one.includes(id)).length;
  return {
    ...Object.fromEntries(paper.options.map(({ id }) => [id, count(id)])),
    blank: choices.filter(({ length }) => length === 0).length,
  };
}

const byCodePoint = (a: string, b: string): number =>
  Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Nothing at all where fewer than three wrote. */
export function summarise(paper: MarksPaper, papers: readonly Marks[]): Summary {
  if (papers.length < FEWEST) return { totals: null, comments: null };
  const given = (topic: string, mark: number): number =>
    papers.filter(({ marks }) => marks[topic] === mark).length;
  const totals = paper.topics.map(({ id }) => {
    const counts = [1, 2, 3, 4, 5].map((mark) => [mark, given(id, mark)]);
    return [id, Object.fromEntries(counts)];
  });
  const comments = papers.map(({ comment }) => comment.trim()).filter((one) => one !== '');
  return { totals: Object.fromEntries(totals), comments: comments.sort(byCodePoint) };
}
