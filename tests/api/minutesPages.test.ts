import { describe, expect, test } from 'vitest';
import { type MinutesDocument, writeMinutes } from '../../api/salon/minutes/document.ts';
import { SAMPLE } from '../support/minutes.ts';
import { cannotRender, type Rendered, type Row, rendered } from '../support/pages.ts';

const reason = cannotRender();
const SLOW = 180_000;

/** The 版心 in millimetres from the paper's edges; odd pages have the inner margin at the left. */
const TOP = 37;
const BOTTOM = TOP + 225;
const LEFT = { odd: 28, even: 26 } as const;
const side = (page: number): 'odd' | 'even' => (page % 2 === 1 ? 'odd' : 'even');

const layOut = async <T>(minutes: MinutesDocument, look: (rendered: Rendered) => T): Promise<T> =>
  rendered(await writeMinutes(minutes), look);

/** Neighbouring rows of unbroken ink across the page: top and bottom of each rule. */
function rulesOf(
  ink: readonly Row[],
): { top: number; bottom: number; left: number; right: number }[] {
  const across = ink.filter(({ left, right, solid }) => right - left > 150 && solid > 0.99);
  const rules: { top: number; bottom: number; left: number; right: number }[] = [];
  for (const { y, left, right } of across) {
    const last = rules.at(-1);
    const next = y + 25.4 / 300;
    if (last !== undefined && y - last.bottom < 0.01) last.bottom = next;
    else rules.push({ top: y, bottom: next, left, right });
  }
  return rules;
}

const near = (value: number, expected: number, within: number): void => {
  expect(value).toBeGreaterThan(expected - within);
  expect(value).toBeLessThan(expected + within);
};

describe.skipIf(reason !== null)(`laid out by LibreOffice (${reason ?? 'present'})`, () => {
  test(
    'a full page has 22 lines of 28 characters that fill the 版心',
    async () => {
      const summary = '国'.repeat(28 * 22 * 4);
      const pages = await layOut({ ...SAMPLE, summary }, (all) => all.pages);
      for (const page of [2, 3]) {
        const lines = (pages[page - 1] ?? []).filter(({ top }) => top < BOTTOM - 2);
        expect(lines.map(({ text }) => text)).toEqual(
          Array.from({ length: 22 }, () => '国'.repeat(28)),
        );
        for (const { left, right } of lines) {
          near(left, LEFT[side(page)], 0.3);
          // LibreOffice takes the line for 28 whole cells, which leaves up to half a millimetre.
          near(right, LEFT[side(page)] + 156, 0.7);
        }
        near((lines.at(-1)?.top ?? 0) - (lines[0]?.top ?? 0), (21 * 225) / 22, 0.6);
      }
    },
    SLOW,
  );

  test(
    'mark, red rule, page numbers and the last rule are where the standard wants them',
    async () => {
      await layOut(SAMPLE, ({ pages, ink }) => {
        const first = ink(1);
        near(first[0]?.y ?? 0, TOP + 35, 1.5);
        const [redRule] = rulesOf(first);
        near(redRule?.left ?? 0, LEFT.odd, 0.3);
        near(redRule?.right ?? 0, LEFT.odd + 156, 0.3);

        for (const [index, lines] of pages.entries()) {
          const page = index + 1;
          const number = lines.find(({ top }) => top > BOTTOM);
          expect(number?.text).toBe(`—${page}—`);
          const in1 = (14 / 72) * 25.4;
          if (side(page) === 'odd') near(number?.right ?? 0, LEFT.odd + 156 - in1, 0.5);
          else near(number?.left ?? 0, LEFT.even + in1, 0.5);
        }

        const last = ink(pages.length);
        const rules = rulesOf(last);
        expect(rules).toHaveLength(3);
        const left = LEFT[side(pages.length)];
        for (const rule of rules) {
          near(rule.left, left, 0.3);
          near(rule.right, left + 156, 0.3);
        }
        near(rules[2]?.bottom ?? 0, BOTTOM, 0.3);
        // The dash, the widest ink below the rule, lies 7 mm below it.
        const below = last.filter(({ y }) => y > BOTTOM + 1);
        const widest = Math.max(...below.map(({ left, right }) => right - left));
        const dash = below.find(({ left, right }) => right - left > widest - 0.3);
        near((dash?.y ?? 0) - BOTTOM, 7, 0.5);
      });
    },
    SLOW,
  );

  test(
    'the last rule stays at the foot and apart from the text, however full the page',
    async () => {
      for (const count of [7, 12, 16]) {
        const present = Array.from({ length: count }, (_, index) => ({
          unit: `演示第${index}号社区居民委员会`,
          name: '演示',
        }));
        const minutes = { ...SAMPLE, attendance: { ...SAMPLE.attendance, present } };
        await layOut(minutes, ({ pages, ink }) => {
          const rules = rulesOf(ink(pages.length)).slice(-3);
          near(rules[2]?.bottom ?? 0, BOTTOM, 0.3);
          const date = pages.at(-1)?.find(({ text }) => text === '2023年7月31日');
          expect(date?.top).toBeLessThan((rules[0]?.top ?? 0) - 5);
        });
      }
    },
    SLOW,
  );
});
