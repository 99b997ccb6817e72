import { type MinutesDocument, writeMinutes } from '../../api/salon/minutes/document.ts';
import { type Node, parseXml, partsOf, select, textOf } from './package.ts';

/** Parts of the file by the names that the tests call them. */
export const PARTS = {
  document: 'word/document.xml',
  styles: 'word/styles.xml',
  settings: 'word/settings.xml',
  fonts: 'word/fontTable.xml',
  properties: 'docProps/core.xml',
  odd: 'word/footer1.xml',
  even: 'word/footer2.xml',
} as const;
export type Part = keyof typeof PARTS;

export async function open(minutes: MinutesDocument): Promise<(part: Part) => Node> {
  const parts = partsOf(await writeMinutes(minutes));
  return (part) => parseXml(parts.get(PARTS[part]) ?? '');
}

export const paragraphs = (root: Node): string[] => select(root, 'w:p').map(textOf);
export const paragraph = (root: Node, start: string): Node => {
  const found = select(root, 'w:p').find((node) => textOf(node).startsWith(start));
  if (found === undefined) throw new Error(`No paragraph begins with ${start}`);
  return found;
};

// Units of the file, in millimetres and points: independent of the code's own.
export const mm = (twips: number): number => (twips / 1440) * 25.4;
export const pt = (twips: number): number => twips / 20;
export const halves = (value: number): number => value / 2;
export const eighthsInMm = (value: number): number => (value / 8 / 72) * 25.4;
export const pointsInMm = (value: number): number => (value / 72) * 25.4;
export const emuInMm = (value: number): number => value / 36_000;

/** The standard's 156 mm in 28 and 225 mm in 22, in points. */
export const CHARACTER = ((156 / 25.4) * 72) / 28;
export const LINE = ((225 / 25.4) * 72) / 22;
