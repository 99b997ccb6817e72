import type { Minutes, MinutesInput } from './read.ts';

/** A row that can be moved, taken out and put back. */
export interface Row {
  readonly key: string;
  /** Taken out; it can be put back until the page is left. */
  readonly gone: boolean;
}

export interface Block extends Row {
  readonly heading: string;
  readonly text: string;
}

export interface Item extends Row {
  readonly what: string;
  /** Of `ownerKey`; '' until one is chosen. */
  readonly owner: string;
  /** 'YYYY-MM-DD', or ''. */
  readonly dueOn: string;
}

/** The minutes as they are being typed. */
export interface Draft {
  readonly summary: string;
  readonly blocks: readonly Block[];
  readonly items: readonly Item[];
  readonly recorder: string;
  /** Seat id → why it did not come. */
  readonly absences: Readonly<Record<string, string>>;
}

type Owner = Minutes['owners'][number]['owner'];
type Input = Omit<MinutesInput, 'version'>;

export const ownerKey = (owner: Owner): string =>
  owner.kind === 'host' ? 'host' : `${owner.kind}:${owner.id}`;

function ownerOf(key: string): Owner {
  const [kind, id = ''] = key.split(':');
  return kind === 'seat' || kind === 'guest' ? { kind, id } : { kind: 'host' };
}

const newKey = (): string => crypto.randomUUID();
export const newBlock = (): Block => ({ key: newKey(), gone: false, heading: '', text: '' });
export const newItem = (): Item => ({ key: newKey(), gone: false, what: '', owner: '', dueOn: '' });

export function draftFrom({ summary, conclusions, actions, recorder, absences }: Minutes): Draft {
  return {
    summary,
    blocks: conclusions.map((one) => ({ ...newBlock(), ...one })),
    items: actions.map(({ what, owner, dueOn }) => ({
      ...newItem(),
      what,
      owner: ownerKey(owner),
      dueOn: dueOn ?? '',
    })),
    recorder,
    absences,
  };
}

/** The server takes an item once it says what and who. */
export const isWhole = ({ what, owner }: Item): boolean =>
  [...what.trim()].length >= 2 && owner !== '';

export const blocksOf = ({ blocks }: Draft): Block[] => blocks.filter(({ gone }) => !gone);
export const itemsOf = ({ items }: Draft): Item[] => items.filter(({ gone }) => !gone);

/** Items that this browser alone keeps as yet. */
export const unfinished = (draft: Draft): number =>
  itemsOf(draft).filter((item) => !isWhole(item)).length;

/** What goes to the server, in an order that makes equal drafts equal as JSON. */
export function inputOf(draft: Draft): Input {
  const reasons = Object.entries(draft.absences)
    .map(([seat, reason]) => [seat, reason.trim()] as const)
    .filter(([, reason]) => reason !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    summary: draft.summary.trim(),
    conclusions: blocksOf(draft).map(({ heading, text }) => ({
      heading: heading.trim(),
      text: text.trim(),
    })),
    recorder: draft.recorder.trim(),
    absences: Object.fromEntries(reasons),
    actions: itemsOf(draft)
      .filter(isWhole)
      .map(({ what, owner, dueOn }) => ({
        what: what.trim(),
        owner: ownerOf(owner),
        dueOn: dueOn === '' ? null : dueOn,
      })),
  };
}

/** Equal for what the server would store alike. */
export const printOf = (draft: Draft): string => JSON.stringify(inputOf(draft));

/** A part that keeps the minutes from being published. */
export interface Gap {
  /** Of the element that holds its field. */
  readonly at: string;
  readonly words: string;
}

export const rowId = (key: string): string => `row-${key}`;

export function gapsOf(draft: Draft): Gap[] {
  const blocks = blocksOf(draft);
  return [
    ...(draft.summary.trim() === '' ? [{ at: 'summary', words: '会议情况还没有写' }] : []),
    ...(blocks.length === 0 ? [{ at: 'conclusions', words: '还没有一条结论' }] : []),
    ...blocks.flatMap(({ key, heading, text }, index) =>
      text.trim() === ''
        ? [{ at: rowId(key), words: `${heading.trim() || `第 ${index + 1} 条`}：结论还没有写` }]
        : [],
    ),
    ...itemsOf(draft).flatMap((item, index) =>
      isWhole(item) ? [] : [{ at: rowId(item.key), words: `第 ${index + 1} 项待办没有写完` }],
    ),
  ];
}

/** The list with one row moved past its neighbour; rows that are taken out are no neighbours. */
export function moved<T extends Row>(rows: readonly T[], key: string, by: 1 | -1): readonly T[] {
  const here = rows.findIndex((row) => row.key === key);
  let there = here + by;
  while (rows[there]?.gone) there += by;
  const row = rows[here];
  if (!row || !rows[there]) return rows;
  return rows.toSpliced(here, 1).toSpliced(there, 0, row);
}
