import { describe } from 'vitest';
import { type Edit, follow, GOOD_CASE, swap } from './sample.ts';

const OLD = GOOD_CASE.match(/ {4}kind: timeline[\s\S]*?(?=methods:)/)?.[0] ?? '';

/** Puts another diagram in the place of the sample's timeline. */
const drawn = (kind: string, ...lines: string[]): Edit =>
  swap(
    OLD,
    `    kind: ${kind}\n    title: 图\n    caption: 举例。\n${lines.map((line) => `    ${line}\n`).join('')}`,
  );
const times = (count: number, item: string) => `[${Array(count).fill(item).join(', ')}]`;
const FIRST = `diagrams（图）第 1 项 › `;

const step = '{ name: 步 }';
const node = '{ name: 叶 }';
const column = '{ name: 单, from: 甲, to: 乙, items: [事] }';
const event = '{ when: 去年, what: 事 }';
const bar = '{ name: 项, before: 2, after: 1 }';
const matrix = (rows: string) =>
  drawn(
    'matrix',
    `rows: ${rows}`,
    'columns: [丙, 丁]',
    'cells: [{ row: 甲, column: 丙, text: 事 }]',
  );

describe('frame', () => {
  follow([
    {
      rule: 'a kind of the six',
      bad: swap('kind: timeline', 'kind: pie'),
      says: `${FIRST}kind（种类）：kind 写 tree、loop、lists、matrix、timeline 或 change`,
    },
    {
      rule: 'a caption',
      bad: swap('    caption: 日期出自来源。\n', ''),
      says: `${FIRST}caption（图注）：写图注（数字出自哪里、怎样整理）`,
    },
    {
      rule: 'a title',
      bad: swap('    title: 两件事\n', ''),
      says: `${FIRST}title（标题）：写图的标题`,
    },
    {
      rule: 'an id',
      bad: swap('  - id: dashi\n    kind', '  - kind'),
      says: `${FIRST}id（编号）：写一个编号，例如 weiwang-shige`,
    },
    {
      rule: 'a name of 24 characters, not 25',
      good: swap('when: 2022年4月', `when: ${'月'.repeat(24)}`),
      bad: swap('when: 2022年4月', `when: ${'月'.repeat(25)}`),
      says: `${FIRST}events（事件）第 1 项 › when（何时）：名称最多 24 个字，请写短一些`,
    },
  ]);
});

describe('sizes', () => {
  follow([
    {
      rule: 'tree: 8 children, not 9',
      good: drawn('tree', `root: { name: 根, children: ${times(8, node)} }`),
      bad: drawn('tree', `root: { name: 根, children: ${times(9, node)} }`),
      says: `${FIRST}root（最上面一格） › children（下面的格）：一层最多 8 项`,
    },
    {
      rule: 'loop: 3 steps, not 2',
      good: drawn('loop', `steps: ${times(3, step)}`),
      bad: drawn('loop', `steps: ${times(2, step)}`),
      says: `${FIRST}steps（步骤）：至少 3 步`,
    },
    {
      rule: 'loop: 8 steps, not 9',
      good: drawn('loop', `steps: ${times(8, step)}`),
      bad: drawn('loop', `steps: ${times(9, step)}`),
      says: `${FIRST}steps（步骤）：最多 8 步`,
    },
    {
      rule: 'lists: 2 columns, not 1',
      good: drawn('lists', `columns: ${times(2, column)}`),
      bad: drawn('lists', `columns: ${times(1, column)}`),
      says: `${FIRST}columns（列）：至少 2 项`,
    },
    {
      rule: 'lists: 4 columns, not 5',
      good: drawn('lists', `columns: ${times(4, column)}`),
      bad: drawn('lists', `columns: ${times(5, column)}`),
      says: `${FIRST}columns（列）：最多 4 项`,
    },
    {
      rule: 'matrix: 2 rows, not 1',
      good: matrix('[甲, 乙]'),
      bad: matrix('[甲]'),
      says: `${FIRST}rows（行）：至少 2 项`,
    },
    {
      rule: 'timeline: 12 events, not 13',
      good: drawn('timeline', `events: ${times(12, event)}`),
      bad: drawn('timeline', `events: ${times(13, event)}`),
      says: `${FIRST}events（事件）：最多 12 项`,
    },
    {
      rule: 'change: 0 or more',
      good: drawn('change', 'unit: 件', `items: [${bar.replace('1', '0')}]`),
      bad: drawn('change', 'unit: 件', `items: [${bar.replace('1', '-1')}]`),
      says: `${FIRST}items（条目）第 1 项 › after（后来）：不能小于 0`,
    },
    {
      rule: 'change: numbers',
      good: drawn('change', 'unit: 件', `items: [${bar}]`),
      bad: drawn('change', 'unit: 件', `items: [${bar.replace('1', '一')}]`),
      says: `${FIRST}items（条目）第 1 项 › after（后来）：写法不对；这里要写一个数`,
    },
  ]);
});
