/** What a button of the toolbar does: this span of the text becomes that, and then this is selected. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly select: readonly [from: number, to: number];
}

export interface Selection {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;
const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
};

/** **粗体**, or [链接](https://): what stands for the words is selected, to be typed over. */
export function wrap(
  { text, from, to }: Selection,
  before: string,
  after: string,
  words: string,
): Edit {
  const inner = text.slice(from, to) || words;
  const start = from + before.length;
  return { from, to, text: before + inner + after, select: [start, start + inner.length] };
}

/** Each line that the selection touches begins with this; where all do already, none does. */
export function prefixLines({ text, from, to }: Selection, prefix: string): Edit {
  const [start, end] = [lineStart(text, from), lineEnd(text, to)];
  const lines = text.slice(start, end).split('\n');
  const all = lines.every((line) => line.startsWith(prefix));
  const next = lines.map((line) => (all ? line.slice(prefix.length) : prefix + line)).join('\n');
  return { from: start, to: end, text: next, select: [start + next.length, start + next.length] };
}

/** A block of its own, with an empty line before and after it. */
export function insertBlock({ text, from, to }: Selection, block: string): Edit {
  const before = text.slice(0, from);
  const gap = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  const rest = text.slice(to);
  const end = rest.startsWith('\n') ? '\n' : '\n\n';
  const at = from + gap.length + block.length + end.length;
  return { from, to, text: gap + block + end, select: [at, at] };
}

export const TABLE = '| 事项 | 做法 |\n| --- | --- |\n|  |  |';

/** Each line quoted, after a line that says whose they are. */
export const quoted = (text: string, whose: string): string =>
  [`${whose}：`, ...text.trim().split('\n')].map((line) => `> ${line}`.trimEnd()).join('\n');

/** No bracket or line break may end the words of a picture. */
export const pictureText = (name: string, id: string): string => {
  const words = name
    .replace(/\.[^.]+$/, '')
    .replace(/[[\]\\\s]+/g, ' ')
    .trim();
  return `![${words || '图片'}](/api/pictures/${id})`;
};
