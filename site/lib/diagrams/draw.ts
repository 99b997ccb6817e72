import type { Diagram, DiagramOf, TreeNode } from '../../../api/library/contract.ts';
import {
  type Drawing,
  lineHeight,
  paragraph,
  type Role,
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

const levelsOf = ({ children = [] }: TreeNode): number =>
  1 + Math.max(0, ...children.map(levelsOf));

/** Levels are indented and hung on a line, so that five levels still fit a phone. */
function drawTree({ root }: DiagramOf<'tree'>): Drawing {
  const shapes: Shape[] = [];
  const indent = Math.min(22, 160 / levelsOf(root));
  let y = 1;
  const place = (node: TreeNode, depth: number): number => {
    const x = 1 + depth * indent;
    const top = y;
    const tone: Tone = depth === 0 ? 'strong' : node.children?.length ? 'plain' : 'soft';
    const gap = node.name.includes('来源残缺');
    y = card(shapes, { ...node, x, y, width: WIDTH - x - 1, tone: gap ? 'gap' : tone });
    const bottom = y;
    let last = bottom;
    for (const child of node.children ?? []) {
      y += GAP;
      const hook = place(child, depth + 1);
      shapes.push({ shape: 'line', d: `M${x + indent / 2} ${hook}H${x + indent}`, arrow: false });
      last = hook;
    }
    if (last > bottom)
      shapes.push({ shape: 'line', d: `M${x + indent / 2} ${bottom}V${last}`, arrow: false });
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
    const head: Shape = { ...body, tone: 'strong' };
    shapes.push(body, head);
    const place = { x: 1 + PAD, y: y + 7, width: WIDTH - 2 - 2 * PAD };
    head.height = paragraph(shapes, { ...place, text: name, role: 'name' }) + 6 - y;
    let at = y + head.height + 10;
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
  const HEAD = 52;
  const width = (WIDTH - HEAD - 2) / columns.length;
  const inner = width - 6;
  const heightOf = (text: string, role: Role, room: number) =>
    wrap(text, room, role).length * lineHeight(role);
  const headHeight = 12 + Math.max(...columns.map((column) => heightOf(column, 'note', inner)));
  columns.forEach((column, index) => {
    const x = HEAD + 1 + (index + 0.5) * width;
    paragraph(shapes, { x, y: 5, text: column, role: 'note', width: inner, anchor: 'middle' });
  });
  let y = headHeight;
  for (const row of rows) {
    const texts = columns.map(
      (column) => cells.find((cell) => cell.row === row && cell.column === column)?.text ?? '',
    );
    const height =
      14 +
      Math.max(
        heightOf(row, 'figure', HEAD - 4),
        ...texts.map((text) => heightOf(text, 'note', inner)),
      );
    paragraph(shapes, { x: 1, y: y + 6, text: row, role: 'figure', width: HEAD - 4 });
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
        width: inner,
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
  const values = items.flatMap(({ before, after }) => [before, after]);
  const most = Math.max(1, ...values);
  const inWords = (value: number) => `${value} ${unit}`;
  const beside = Math.min(
    160,
    Math.max(...values.map((value) => Math.ceil(textWidth(inWords(value), 'figure')))),
  );
  const BAR = 30;
  const room = WIDTH - BAR - 6 - beside;
  let y = 0;
  const bar = (label: string, value: number, tone: Tone) => {
    const width = Math.max(2, (value / most) * room);
    paragraph(shapes, { x: 1, y: y + 2, text: label, role: 'note', width: BAR });
    shapes.push({ shape: 'box', x: BAR, y, width, height: 20, tone });
    const text = inWords(value);
    y =
      paragraph(shapes, { x: BAR + width + 6, y: y + 1, text, role: 'figure', width: beside }) + 5;
  };
  for (const { name, before, after } of items) {
    y = paragraph(shapes, { x: 1, y, text: name, role: 'name', width: WIDTH - 2 }) + 4;
    bar('原', before, 'soft');
    bar('现', after, 'strong');
    y += 8;
  }
  return { height: y - 6, shapes };
}
