import type { Diagram, TreeNode } from '../../../api/library/contract.ts';
import type { Table } from './drawing.ts';

/** The numbers and relations of a diagram as a table. Pure. */
export function tabulate(diagram: Diagram): Table {
  switch (diagram.kind) {
    case 'tree':
      return { columns: ['名称', '上一级', '数字', '说明'], rows: treeRows(diagram.root, '—') };
    case 'loop':
      return {
        columns: ['次序', '环节', '说明'],
        rows: diagram.steps.map(({ name, note }, index) => [
          `第 ${index + 1} 步`,
          name,
          note ?? '',
        ]),
      };
    case 'lists':
      return {
        columns: ['名称', '从', '到', '内容'],
        rows: diagram.columns.map(({ name, from, to, items }) => [
          name,
          from,
          to,
          items.join('；'),
        ]),
      };
    case 'matrix':
      return {
        columns: ['', ...diagram.columns],
        rows: diagram.rows.map((row) => [
          row,
          ...diagram.columns.map(
            (column) =>
              diagram.cells.find((cell) => cell.row === row && cell.column === column)?.text ?? '',
          ),
        ]),
      };
    case 'timeline':
      return {
        columns: ['时间', '事件'],
        rows: diagram.events.map(({ when, what }) => [when, what]),
      };
    case 'change':
      return {
        columns: ['名称', '原', '现'],
        rows: diagram.items.map(({ name, before, after }) => [
          name,
          `${before} ${diagram.unit}`,
          `${after} ${diagram.unit}`,
        ]),
      };
  }
}

function treeRows(node: TreeNode, parent: string): string[][] {
  return [
    [node.name, parent, node.figure ?? '', node.note ?? ''],
    ...(node.children ?? []).flatMap((child) => treeRows(child, node.name)),
  ];
}
