/** What is reported of a series of runs. */
export type Summary = { median: number; min: number; max: number; runs: number[] };

export function summarize(runs: readonly number[]): Summary {
  const sorted = [...runs].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const half = Math.floor(sorted.length / 2);
  return {
    median: sorted.length % 2 === 1 ? at(half) : (at(half - 1) + at(half)) / 2,
    min: at(0),
    max: at(sorted.length - 1),
    runs: [...runs],
  };
}

export const median = (runs: readonly number[]): number => summarize(runs).median;

/** Columns a terminal gives to a text: two for each CJK or full-width character. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/;
const width = (text: string) =>
  [...text].reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0);

/** Prints a table; the first column is aligned left, the others right. */
export function printTable(
  title: string,
  head: readonly string[],
  rows: readonly string[][],
): void {
  const widths = head.map((cell, column) =>
    Math.max(width(cell), ...rows.map((row) => width(row[column] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const blank = ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(cell)));
        return column === 0 ? cell + blank : blank + cell;
      })
      .join('  ');
  console.log(`\n${title}`);
  console.log(line(head));
  console.log(widths.map((columns) => '─'.repeat(columns)).join('──'));
  for (const row of rows) console.log(line(row));
}

export const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;
export const milliseconds = (value: number): string => `${value.toFixed(0)} ms`;
export const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
