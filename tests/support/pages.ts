import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const answers = (command: string, ...args: string[]): boolean => {
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 && stdout !== '';
};

/** Why documents cannot be rendered on this machine; null if they can. */
export function cannotRender(): string | null {
  if (spawnSync('soffice', ['--version']).status !== 0) return 'soffice (LibreOffice) is missing';
  if (spawnSync('pdftotext', ['-v']).status === null) return 'pdftotext is missing';
  if (spawnSync('pdftoppm', ['-v']).status === null) return 'pdftoppm is missing';
  return answers('fc-list', ':lang=zh-cn', 'family') ? null : 'no Chinese font is installed';
}

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  return stdout;
}

export interface Line {
  readonly text: string;
  /** Millimetres from the paper's left edge and its top. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

const POINT = 25.4 / 72;
const LINE = /<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>(.*?)<\/line>/gs;

/** Lines by page, from `pdftotext -bbox-layout`; pieces at the same height are one line. */
function linesOf(layout: string): Line[][] {
  return layout
    .split('<page ')
    .slice(1)
    .map((page) => {
      const pieces = [...page.matchAll(LINE)].map(([, left, top, right, words = '']) => ({
        text: words.replace(/<[^>]*>|\s/g, ''),
        left: Number(left) * POINT,
        right: Number(right) * POINT,
        top: Number(top) * POINT,
      }));
      return [...Map.groupBy(pieces, ({ top }) => Math.round(top)).values()].map((same) => ({
        text: same.map(({ text }) => text).join(''),
        left: Math.min(...same.map(({ left }) => left)),
        right: Math.max(...same.map(({ right }) => right)),
        top: same[0]?.top ?? 0,
      }));
    });
}

const DPI = 300;
const DARK = 160;

/** Rows of a page that have ink, in millimetres: where they are, and the ink's outermost ends. */
export interface Row {
  readonly y: number;
  readonly left: number;
  readonly right: number;
  /** Share of the row between its ends that is ink. */
  readonly solid: number;
}

function inkOf(pgm: Buffer): Row[] {
  const [, size = ''] = pgm.toString('latin1', 0, 40).split('\n');
  const [width = 0, height = 0] = size.split(' ').map(Number);
  const pixels = pgm.subarray(pgm.length - width * height);
  const mm = (pixel: number): number => (pixel * 25.4) / DPI;
  return Array.from({ length: height }, (_, y) => {
    const row = pixels.subarray(y * width, (y + 1) * width);
    const left = row.findIndex((value) => value < DARK);
    const right = row.findLastIndex((value) => value < DARK) + 1;
    const ink = row.reduce((sum, value) => sum + (value < DARK ? 1 : 0), 0);
    return { y: mm(y), left: mm(left), right: mm(right), solid: ink / (right - left) };
  }).filter(({ solid }) => solid > 0);
}

export interface Rendered {
  readonly pages: readonly (readonly Line[])[];
  /** @param page from 1 */
  ink(page: number): Row[];
}

/** Lays a Word file out with LibreOffice; `look` gets what there is to read, then all files go. */
export function rendered<T>(docx: Uint8Array, look: (rendered: Rendered) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'pages-'));
  const at = (name: string): string => join(folder, name);
  try {
    writeFileSync(at('it.docx'), docx);
    const own = `-env:UserInstallation=file://${at('office')}`;
    run('soffice', [own, '--headless', '--convert-to', 'pdf', '--outdir', folder, at('it.docx')]);
    const ink = (page: number): Row[] => {
      const only = ['-f', String(page), '-l', String(page), '-singlefile'];
      run('pdftoppm', ['-gray', '-r', String(DPI), ...only, at('it.pdf'), at('page')]);
      return inkOf(readFileSync(at('page.pgm')));
    };
    return look({ pages: linesOf(run('pdftotext', ['-bbox-layout', at('it.pdf'), '-'])), ink });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
