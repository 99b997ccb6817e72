import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchCase, CHECKLIST_HEADING } from '../corpus.ts';

/** The same title, gist and body as 圆桌 gets, in plain Markdown. */
function markdown(entry: BenchCase): string {
  const sections = entry.sections.map(
    ({ heading, paragraphs }) => `## ${heading}\n\n${paragraphs.join('\n\n')}`,
  );
  const list = entry.checklist.map((line) => `- ${line}`).join('\n');
  return [entry.gist, ...sections, `## ${CHECKLIST_HEADING}\n\n${list}`].join('\n\n');
}

const fresh = (dir: string) => {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
};

/** Pages for Starlight: `dir` is its src/content/docs. */
export function writeStarlight(dir: string, cases: readonly BenchCase[]): void {
  fresh(dir);
  writeFileSync(join(dir, 'index.md'), '---\ntitle: 案例库\n---\n\n从搜索开始。\n');
  for (const entry of cases) {
    const head = `---\ntitle: ${JSON.stringify(entry.title)}\n---\n\n`;
    writeFileSync(join(dir, `${entry.slug}.md`), `${head}${markdown(entry)}\n`);
  }
}

/** Pages for VitePress: `dir` is its source folder. The title is the page's first heading, as usual there. */
export function writeVitePress(dir: string, cases: readonly BenchCase[]): void {
  fresh(dir);
  writeFileSync(join(dir, 'index.md'), '# 案例库\n\n从搜索开始。\n');
  for (const entry of cases) {
    writeFileSync(join(dir, `${entry.slug}.md`), `# ${entry.title}\n\n${markdown(entry)}\n`);
  }
}
