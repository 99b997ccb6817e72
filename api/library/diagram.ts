import { z } from 'zod';
import { slug, text } from './shapes.ts';

/**
 * Diagrams are data in the front matter; site/components/diagrams draws them to SVG at build time
 * and repeats them as a table. Names are short because they stand inside boxes.
 */

const label = text('名称', 24);
const note = text('说明', 60).optional();

export interface TreeNode {
  name: string;
  figure?: string | undefined;
  note?: string | undefined;
  children?: TreeNode[] | undefined;
}

const treeNode: z.ZodType<TreeNode> = z.lazy(() =>
  z.strictObject({
    name: label,
    figure: text('数字', 24).optional(),
    note,
    children: z.array(treeNode).max(8, '一层最多 8 项').optional(),
  }),
);

const frame = {
  id: slug,
  title: text('图的标题', 40),
  /** Says where the numbers come from, or that the arrangement is ours. */
  caption: text('图注（数字出自哪里、怎样整理）', 120),
};

const tree = z.strictObject({ ...frame, kind: z.literal('tree'), root: treeNode });

const loop = z.strictObject({
  ...frame,
  kind: z.literal('loop'),
  steps: z
    .array(z.strictObject({ name: label, note }))
    .min(3, '至少 3 步')
    .max(8, '最多 8 步'),
});

const lists = z.strictObject({
  ...frame,
  kind: z.literal('lists'),
  columns: z
    .array(
      z.strictObject({
        name: label,
        from: label,
        to: label,
        items: z.array(text('条目', 40)).min(1).max(6),
      }),
    )
    .min(2)
    .max(4),
});

const matrix = z.strictObject({
  ...frame,
  kind: z.literal('matrix'),
  rows: z.array(label).min(2).max(6),
  columns: z.array(label).min(2).max(6),
  /** A pair without a cell stays empty. */
  cells: z.array(z.strictObject({ row: label, column: label, text: text('格内文字', 24) })),
});

const timeline = z.strictObject({
  ...frame,
  kind: z.literal('timeline'),
  events: z
    .array(z.strictObject({ when: label, what: text('事件', 50) }))
    .min(2)
    .max(12),
});

/** Counts before and after a change, drawn as paired bars. */
const change = z.strictObject({
  ...frame,
  kind: z.literal('change'),
  unit: label,
  items: z
    .array(
      z.strictObject({
        name: text('名称', 40),
        before: z.number().nonnegative(),
        after: z.number().nonnegative(),
      }),
    )
    .min(1)
    .max(8),
});

export const diagram = z.discriminatedUnion(
  'kind',
  [tree, loop, lists, matrix, timeline, change],
  'kind 写 tree、loop、lists、matrix、timeline 或 change',
);

export type Diagram = z.output<typeof diagram>;
export type DiagramOf<K extends Diagram['kind']> = Extract<Diagram, { kind: K }>;
