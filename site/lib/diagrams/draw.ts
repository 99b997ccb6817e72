import type { Diagram, DiagramOf, TreeNode } from '../../../api/library/contract.ts';
import {
  type Drawing,
  lineHeight,
  paragraph,
  type Shape,
  type Tone,
  textWidth,
  WIDTH,
  wrap,
} from './drawing.ts';

/** Lays out a diagram of the content model. Pure. */
export function draw(diagram: Diagram): Drawing {
  switch (diagram.kind) {
    case 'tree':
      return drawTree(diagram);
    case 'loop':
      return drawLoop(diagram);
    case 'lists':
      return drawLists(diagram);
    case 'matrix':
      return drawMatrix(diagram);
    case 'timeline':
      return drawTimeline(diagram);
    case 'change':
      return drawChange(diagram);
  }
}

const PAD = 10;
const GAP = 10;

/** A box that is as high as its texts; returns its lower edge. */
function card(
  shapes: Shape[],
  {
    x,
    y,
    width,
    tone,
    name,
    figure,
    note,
  }: {
    x: number;
    y: number;
    width: number;
    tone: Tone;
    name: string;
    figure?: string | undefined;
    note?: string | undefined;
  },
): number {
  const box: Shape = { shape: 'box', x, y, width, height: 0, tone };
  shapes.push(box);
  const inner = width - 2 * PAD;
  const left = x + PAD;
  const beside =
    figure !== undefined && textWidth(name, 'name') + textWidth(figure, 'figure') + 12 <= inner;
  let bottom = paragraph(shapes, { x: left, y: y + 7, text: name, role: 'name', width: inner });
  if (figure && beside) {
    paragraph(shapes, {
      x: x + width - PAD,
      y: y + 8,
      text: figure,
      role: 'figure',
      width: inner,
      anchor: 'end',
    });
  } else if (figure) {
    bottom = paragraph(shapes, { x: left, y: bottom, text: figure, role: 'figure', width: inner });
  }
  if (note)
    bottom = paragraph(shapes, { x: left, y: bottom + 1, text: note, role: 'note', width: inner });
  box.height = bottom + 8 - y;
  return y + box.height;
}

/** Levels are indented and hung on a line, so that five levels still fit a phone. */
function drawTree({ root }: DiagramOf<'tree'>): Drawing {
  const shapes: Shape[] = [];
  const INDENT = 22;
  let y = 1;
  const place = (node: TreeNode, depth: number): number => {
    const x = 1 + depth * INDENT;
    const top = y;
    const tone: Tone = depth === 0 ? 'strong' : node.children?.length ? 'plain' : 'soft';
    const gap = node.name.includes('来源残缺');
    y = card(shapes, { ...node, x, y, width: WIDTH - x - 1, tone: gap ? 'gap' : tone });
    const bottom = y;
    let last = bottom;
    for (const child of node.children ?? []) {
      y += GAP;
      const hook = place(child, depth + 1);
      shapes.push({ shape: 'line', d: `M${x + 11} ${hook}H${x + INDENT}`, arrow: false });
      last = hook;
    }
    if (last > bottom)
      shapes.push({ shape: 'line', d: `M${x + 11} ${bottom}V${last}`, arrow: false });
    return top + 18;
  };
  place(root, 0);
  return { height: y + 1, shapes };
}

/** Steps downwards, and back up along the left: a loop that reads in order. */
function drawLoop({ steps }: DiagramOf<'loop'>): Drawing {
  const shapes: Shape[] = [];
  const LEFT = 40;
  let y = 1;
  const middles: number[] = [];
  steps.forEach(({ name, note }, index) => {
    const top = y;
    y = card(shapes, {
      x: LEFT,
      y,
      width: WIDTH - LEFT - 1,
      tone: index === 0 ? 'strong' : 'plain',
      name: `${index + 1}　${name}`,
      note,
    });
    middles.push((top + y) / 2);
    if (index < steps.length - 1) {
      shapes.push({ shape: 'line', d: `M${LEFT + 40} ${y}V${y + 17}`, arrow: true });
      y += 20;
    }
  });
  const [first = 0] = middles;
  const last = middles.at(-1) ?? 0;
  shapes.push({
    shape: 'line',
    d: `M${LEFT} ${last}H26a12 12 0 0 1-12-12V${first + 12}a12 12 0 0 1 12-12H${LEFT - 4}`,
    arrow: true,
  });
  return { height: y + 1, shapes };
}

function drawLists({ columns }: DiagramOf<'lists'>): Drawing {
  const shapes: Shape[] = [];
  let y = 1;
  for (const { name, from, to, items } of columns) {
    const body: Shape = { shape: 'box', x: 1, y, width: WIDTH - 2, height: 0, tone: 'plain' };
    shapes.push(body, { shape: 'box', x: 1, y, width: WIDTH - 2, height: 34, tone: 'strong' });
    paragraph(shapes, { x: 1 + PAD, y: y + 7, text: name, role: 'name', width: WIDTH - 2 * PAD });
    let at = y + 44;
    const half = WIDTH / 2 - 30;
    const left = paragraph(shapes, { x: 1 + PAD, y: at, text: from, role: 'figure', width: half });
    const right = paragraph(shapes, {
      x: WIDTH / 2 + 20,
      y: at,
      text: to,
      role: 'figure',
      width: half,
    });
    shapes.push({ shape: 'line', d: `M${WIDTH / 2 - 16} ${at + 10}h26`, arrow: true });
    at = Math.max(left, right) + 4;
    for (const item of items) {
      shapes.push({ shape: 'dot', x: 1 + PAD + 3, y: at + 9, radius: 2, tone: 'strong' });
      at =
        paragraph(shapes, {
          x: 1 + PAD + 14,
          y: at,
          text: item,
          role: 'note',
          width: WIDTH - 3 * PAD - 14,
        }) + 2;
    }
    body.height = at + 6 - y;
    y += body.height + GAP;
  }
  return { height: y - GAP + 1, shapes };
}

function drawMatrix({ rows, columns, cells }: DiagramOf<'matrix'>): Drawing {
  const shapes: Shape[] = [];
  const HEAD = 58;
  const width = (WIDTH - HEAD - 2) / columns.length;
  const wrapIn = (text: string) => wrap(text, width - 8, 'note');
  const line = lineHeight('note');
  const headHeight = 12 + line * Math.max(...columns.map((column) => wrapIn(column).length));
  columns.forEach((column, index) => {
    const x = HEAD + 1 + (index + 0.5) * width;
    paragraph(shapes, { x, y: 5, text: column, role: 'note', width: width - 8, anchor: 'middle' });
  });
  let y = headHeight;
  for (const row of rows) {
    const texts = columns.map(
      (column) => cells.find((cell) => cell.row === row && cell.column === column)?.text ?? '',
    );
    const lines = Math.max(
      wrap(row, HEAD - 6, 'figure').length,
      ...texts.map((text) => wrapIn(text).length),
    );
    const height = lines * line + 14;
    paragraph(shapes, { x: 1, y: y + 6, text: row, role: 'figure', width: HEAD - 6 });
    texts.forEach((text, index) => {
      const x = HEAD + 1 + index * width;
      shapes.push({
        shape: 'box',
        x: x + 1,
        y: y + 1,
        width: width - 2,
        height: height - 2,
        tone: text ? 'plain' : 'gap',
      });
      paragraph(shapes, {
        x: x + width / 2,
        y: y + 6,
        text,
        role: 'note',
        width: width - 8,
        anchor: 'middle',
      });
    });
    y += height;
  }
  return { height: y + 1, shapes };
}

function drawTimeline({ events }: DiagramOf<'timeline'>): Drawing {
  const shapes: Shape[] = [];
  const LEFT = 30;
  let y = 2;
  const dots: number[] = [];
  for (const { when, what } of events) {
    dots.push(y + 10);
    y = paragraph(shapes, { x: LEFT, y, text: when, role: 'when', width: WIDTH - LEFT });
    y =
      paragraph(shapes, { x: LEFT, y: y + 1, text: what, role: 'note', width: WIDTH - LEFT - 4 }) +
      16;
  }
  const [first = 0] = dots;
  shapes.unshift({ shape: 'line', d: `M10 ${first}V${dots.at(-1) ?? first}`, arrow: false });
  dots.forEach((dot, index) => {
    shapes.push({
      shape: 'dot',
      x: 10,
      y: dot,
      radius: 5,
      tone: index === dots.length - 1 ? 'strong' : 'plain',
    });
  });
  return { height: y - 12, shapes };
}

function drawChange({ items, unit }: DiagramOf<'change'>): Drawing {
  const shapes: Shape[] = [];
  const most = Math.max(1, ...items.flatMap(({ before, after }) => [before, after]));
  const ROOM = WIDTH - 110;
  let y = 0;
  const bar = (label: string, value: number, tone: Tone) => {
    const width = Math.max(2, (value / most) * ROOM);
    paragraph(shapes, { x: 1, y: y + 2, text: label, role: 'note', width: 40 });
    shapes.push({ shape: 'box', x: 30, y, width, height: 20, tone });
    paragraph(shapes, {
      x: 36 + width,
      y: y + 1,
      text: `${value} ${unit}`,
      role: 'figure',
      width: 80,
    });
    y += 26;
  };
  for (const { name, before, after } of items) {
    y = paragraph(shapes, { x: 1, y, text: name, role: 'name', width: WIDTH - 2 }) + 4;
    bar('原', before, 'soft');
    bar('现', after, 'strong');
    y += 8;
  }
  return { height: y - 6, shapes };
}
