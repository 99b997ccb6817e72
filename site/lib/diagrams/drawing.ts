/** A drawing is a list of shapes in a frame 360 units wide: one unit a pixel on a phone. */

export const WIDTH = 360;

export type Tone = 'plain' | 'strong' | 'soft' | 'gap';

export type Shape =
  | { shape: 'box'; x: number; y: number; width: number; height: number; tone: Tone }
  | {
      shape: 'text';
      x: number;
      y: number;
      text: string;
      role: Role;
      anchor: 'start' | 'middle' | 'end';
    }
  | { shape: 'line'; d: string; arrow: boolean }
  | { shape: 'dot'; x: number; y: number; radius: number; tone: Tone };

/** What a text is, which decides its size, weight and colour. */
export type Role = 'name' | 'figure' | 'note' | 'when' | 'head';

export interface Drawing {
  height: number;
  shapes: Shape[];
}

/** The same content for those who cannot see the picture. The first column names each row. */
export interface Table {
  columns: string[];
  rows: string[][];
}

export const FONT_SIZE: Record<Role, number> = {
  name: 15,
  figure: 14,
  note: 12.5,
  when: 14,
  head: 15,
};
export const lineHeight = (role: Role): number => Math.round(FONT_SIZE[role] * 1.4);

/** Estimated width: Han and full-width marks take one em, the rest a little over half. */
export function textWidth(text: string, role: Role): number {
  let ems = 0;
  for (const point of text) ems += /[\u2e80-\uffef\u{1f000}-\u{3ffff}—“”·]/u.test(point) ? 1 : 0.58;
  return ems * FONT_SIZE[role];
}

/** What stays on one line: a numeral or word, with the marks that open before or close behind it. */
const PIECE = /[（《「『“]*(?:[\d.\w+%—]+|.)[，。、；：！？）》」』”%·]*/gsu;

/** Breaks a text into lines of at most `width`, at least one em; inside a piece only if it must. */
export function wrap(text: string, width: number, role: Role): string[] {
  const lines: string[] = [];
  let line = '';
  const pieces = (text.match(PIECE) ?? []).flatMap((piece) =>
    textWidth(piece, role) > width ? [...piece] : [piece],
  );
  for (const piece of pieces) {
    if (line && textWidth(line + piece, role) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += line ? piece : piece.trimStart();
  }
  if (line.trim()) lines.push(line.trimEnd());
  return lines;
}

/** Lines of text below each other; `y` is the top of the first. Returns where the next may stand. */
export function paragraph(
  shapes: Shape[],
  {
    x,
    y,
    text,
    role,
    width,
    anchor = 'start',
  }: {
    x: number;
    y: number;
    text: string;
    role: Role;
    width: number;
    anchor?: 'start' | 'middle' | 'end';
  },
): number {
  let top = y;
  for (const line of wrap(text, width, role)) {
    shapes.push({ shape: 'text', x, y: top + FONT_SIZE[role], text: line, role, anchor });
    top += lineHeight(role);
  }
  return top;
}
