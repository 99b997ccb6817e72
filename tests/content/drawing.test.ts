import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagram, TreeNode } from '../../api/library/contract.ts';
import { loadLibrary } from '../../api/library/loadLibrary.ts';
import { draw } from '../../site/lib/diagrams/draw.ts';
import { FONT_SIZE, type Shape, textWidth, WIDTH, wrap } from '../../site/lib/diagrams/drawing.ts';
import { tabulate } from '../../site/lib/diagrams/tabulate.ts';

/** A diagram fits its frame, nothing in it lies on anything else, and its table says the same. */

interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
  what: string;
}

type Text = Extract<Shape, { shape: 'text' }>;
type Box = Extract<Shape, { shape: 'box' }>;

function textRect({ x, y, text, role, anchor }: Text): Rect {
  const width = textWidth(text, role);
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  // Chinese stands a fifth below the line and four fifths above it.
  const size = FONT_SIZE[role];
  return { left, top: y - 0.8 * size, right: left + width, bottom: y + 0.2 * size, what: text };
}

const boxRect = ({ x, y, width, height }: Box): Rect => ({
  left: x,
  top: y,
  right: x + width,
  bottom: y + height,
  what: '框',
});

/** Where a path made of M, H, V, h and a goes, point by point. */
function pathRect(d: string): Rect {
  let [x, y] = [0, 0];
  const xs: number[] = [];
  const ys: number[] = [];
  for (const [, command = '', values = ''] of d.matchAll(/([MHVha])([^MHVha]*)/g)) {
    const numbers = (values.match(/-?\d*\.?\d+/g) ?? []).map(Number);
    const [first = 0] = numbers;
    if (command === 'M') [x, y] = [first, numbers[1] ?? 0];
    else if (command === 'H') x = first;
    else if (command === 'V') y = first;
    else if (command === 'h') x += first;
    else [x, y] = [x + (numbers.at(-2) ?? 0), y + (numbers.at(-1) ?? 0)];
    xs.push(x);
    ys.push(y);
  }
  return {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
    what: d,
  };
}

function rectOf(shape: Shape): Rect {
  switch (shape.shape) {
    case 'box':
      return boxRect(shape);
    case 'text':
      return textRect(shape);
    case 'line':
      return pathRect(shape.d);
    case 'dot': {
      const { x, y, radius } = shape;
      return {
        left: x - radius,
        top: y - radius,
        right: x + radius,
        bottom: y + radius,
        what: '点',
      };
    }
  }
}

const EPS = 0.01;
const inside = (a: Rect, b: Rect) =>
  a.left >= b.left - EPS &&
  a.right <= b.right + EPS &&
  a.top >= b.top - EPS &&
  a.bottom <= b.bottom + EPS;
const apart = (a: Rect, b: Rect) =>
  a.right <= b.left + EPS ||
  b.right <= a.left + EPS ||
  a.bottom <= b.top + EPS ||
  b.bottom <= a.top + EPS;

/** What is wrong with the layout, in words. */
function flaws(diagram: Diagram): string[] {
  const { height, shapes } = draw(diagram);
  const frame = { left: 0, top: 0, right: WIDTH, bottom: height, what: '图' };
  const texts = shapes.filter((shape) => shape.shape === 'text').map(textRect);
  const boxes = shapes.filter((shape) => shape.shape === 'box').map(boxRect);
  const outside = shapes.map(rectOf).filter((rect) => !inside(rect, frame));
  const meeting = texts.flatMap((one, n) =>
    texts.slice(n + 1).filter((other) => !apart(one, other)),
  );
  const crossing = texts.filter((text) =>
    boxes.some((box) => !apart(text, box) && !inside(text, box)),
  );
  const overlapping = boxes.filter((one, n) =>
    boxes
      .slice(n + 1)
      .some((other) => !apart(one, other) && !inside(one, other) && !inside(other, one)),
  );
  const say = (problem: string, rects: Rect[]) => rects.map(({ what }) => `${problem}：${what}`);
  return [
    ...say('出了图', outside),
    ...say('压着别的字', meeting),
    ...say('出了框', crossing),
    ...say('框压着框', overlapping),
  ];
}

const bare = (text: string) => text.replace(/\s+/g, '');

/** All that the data say, apart from the frame around them. */
function contentOf({ id: _, kind: __, title: ___, caption: ____, ...data }: Diagram): string[] {
  const strings = (value: unknown): string[] => {
    if (typeof value === 'string' || typeof value === 'number') return [String(value)];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
  };
  return strings(data);
}

const drawnText = (diagram: Diagram) =>
  bare(
    draw(diagram)
      .shapes.map((shape) => (shape.shape === 'text' ? shape.text : ''))
      .join(''),
  );

function expectSound(diagram: Diagram) {
  expect(flaws(diagram)).toEqual([]);
  const drawn = drawnText(diagram);
  const { columns, rows } = tabulate(diagram);
  const cells = [...columns, ...rows.flat()];
  for (const text of contentOf(diagram)) {
    expect([text, drawn.includes(bare(text))]).toEqual([text, true]);
    expect([text, cells.some((cell) => cell.includes(text))]).toEqual([text, true]);
  }
  expect(rows.every((row) => row.length === columns.length)).toBe(true);
}

const { library } = await loadLibrary('content');
const real = [...library.cases, ...library.methods].flatMap((entry) =>
  'diagrams' in entry
    ? entry.diagrams.map((one): [string, Diagram] => [`${entry.id} ${one.id}`, one])
    : [],
);

describe('the diagrams of the library', () => {
  it.each(real)('%s', (_, diagram) => expectSound(diagram));

  it('are of every kind', () => {
    expect(new Set(real.map(([, { kind }]) => kind)).size).toBe(6);
  });
});

const LETTERS = [...'社区网格党员治理一二三四五（），。、“”：1234567890aN+%—. '];
const text = (most: number) =>
  fc
    .array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: most })
    .map((all) => all.join('').trim().replace(/\s+/g, ' '))
    .filter((value) => value !== '');
const label = fc.oneof(text(24), fc.constant('社'.repeat(24)), fc.constant('a1'.repeat(12)));
const frame = { id: 'a', title: '图', caption: '注' };
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const node = (depth: number): fc.Arbitrary<TreeNode> =>
  fc.record({
    name: label,
    figure: maybe(label),
    note: maybe(text(60)),
    children: maybe(depth > 1 ? fc.array(node(depth - 1), { maxLength: 3 }) : fc.constant([])),
  });

const anyDiagram: Record<Diagram['kind'], fc.Arbitrary<Diagram>> = {
  tree: node(6).map((root) => ({ ...frame, kind: 'tree' as const, root })),
  loop: fc
    .array(fc.record({ name: label, note: maybe(text(60)) }), { minLength: 3, maxLength: 8 })
    .map((steps) => ({ ...frame, kind: 'loop' as const, steps })),
  lists: fc
    .array(
      fc.record({
        name: label,
        from: label,
        to: label,
        items: fc.array(text(40), { minLength: 1, maxLength: 6 }),
      }),
      { minLength: 2, maxLength: 4 },
    )
    .map((columns) => ({ ...frame, kind: 'lists' as const, columns })),
  matrix: fc
    .record({
      rows: fc.uniqueArray(label, { minLength: 2, maxLength: 6 }),
      columns: fc.uniqueArray(label, { minLength: 2, maxLength: 6 }),
    })
    .chain(({ rows, columns }) =>
      fc
        .uniqueArray(
          fc.record({
            row: fc.constantFrom(...rows),
            column: fc.constantFrom(...columns),
            text: label,
          }),
          { selector: ({ row, column }) => `${row} × ${column}` },
        )
        .map((cells) => ({ ...frame, kind: 'matrix' as const, rows, columns, cells })),
    ),
  timeline: fc
    .array(fc.record({ when: label, what: text(50) }), { minLength: 2, maxLength: 12 })
    .map((events) => ({ ...frame, kind: 'timeline' as const, events })),
  change: fc
    .record({
      unit: label,
      items: fc.array(
        fc.record({
          name: text(40),
          before: fc.oneof(fc.nat({ max: 3_000_000 }), fc.constantFrom(0, 0.5, 16.42)),
          after: fc.nat({ max: 500 }),
        }),
        { minLength: 1, maxLength: 8 },
      ),
    })
    .map((data) => ({ ...frame, kind: 'change' as const, ...data })),
};

describe('any diagram the schema lets through', () => {
  it.each(Object.entries(anyDiagram))('%s', (_, arbitrary) => {
    fc.assert(fc.property(arbitrary, expectSound), { numRuns: 150 });
  });

  it('a tree of forty levels', () => {
    const deep = (levels: number): TreeNode =>
      levels === 0
        ? { name: '户', note: '到户' }
        : { name: '网格', figure: '3 个', children: [deep(levels - 1)] };
    expectSound({ ...frame, kind: 'tree', root: deep(40) });
  });

  it('a tree tells who stands under whom', () => {
    fc.assert(
      fc.property(node(4), (root) => {
        const { rows } = tabulate({ ...frame, kind: 'tree', root });
        const below = (one: TreeNode, parent: string): string[][] => [
          [one.name, parent, one.figure ?? '', one.note ?? ''],
          ...(one.children ?? []).flatMap((child) => below(child, one.name)),
        ];
        expect(rows).toEqual(below(root, '—'));
      }),
    );
  });

  it('a matrix has each cell in its row and column', () => {
    fc.assert(
      fc.property(anyDiagram.matrix, (diagram) => {
        if (diagram.kind !== 'matrix') return;
        const { columns, rows } = tabulate(diagram);
        expect(columns).toEqual(['', ...diagram.columns]);
        expect(rows.map(([name]) => name)).toEqual(diagram.rows);
        const filled = rows.flatMap(([row, ...cells]) =>
          cells.flatMap((cell, n) => (cell ? [`${row} × ${diagram.columns[n]} = ${cell}`] : [])),
        );
        expect(filled.toSorted()).toEqual(
          diagram.cells.map((cell) => `${cell.row} × ${cell.column} = ${cell.text}`).toSorted(),
        );
      }),
    );
  });
});

describe('wrap', () => {
  it('keeps every character, and every line within its room', () => {
    fc.assert(
      fc.property(text(60), fc.integer({ min: 40, max: 340 }), (words, room) => {
        const lines = wrap(words, room, 'note');
        expect(bare(lines.join(''))).toBe(bare(words));
        expect(lines.filter((line) => textWidth(line, 'note') > room + EPS)).toEqual([]);
      }),
    );
  });

  it.each([
    ['never before a closing mark', '一二三四五，六', 5, ['一二三四', '五，六']],
    ['never behind an opening mark', '一二三四（五）', 5, ['一二三四', '（五）']],
    ['never inside a numeral', '一二三 2126.8 万', 6, ['一二三', '2126.8 万']],
    ['inside a numeral when it is wider than a line', '1234567890123', 5, ['12345678', '90123']],
  ])('%s', (_, words, ems, lines) => {
    expect(wrap(words, ems * FONT_SIZE.note, 'note')).toEqual(lines);
  });
});
