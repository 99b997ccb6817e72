import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const CLAUSE = /[\p{Script=Han}\d%,,、;;::“”‘’《》()()—+.·-]{8,}[。!?!?]?/gu;

/** Sentences of one MDX or Markdown file, front matter values included, tags and marks left out. */
function sentencesOf(source: string): string[] {
  const plain = source
    .replace(/<[^>]*>/g, '\n')
    .replace(/[*_`#>|]/g, '')
    .replace(/^\s*(?:[\w-]+:|-|\d+\.)\s*/gmu, '')
    .replace(/["']/g, '');
  return plain
    .split(/(?<=[。!?])|\n/u)
    .flatMap((line) => line.match(CLAUSE) ?? [])
    .filter((sentence) => (sentence.match(/\p{Script=Han}/gu)?.length ?? 0) >= 8);
}

/**
 * The sentences of content/cases and content/methods, in file-name order.
 * Throws when a folder is missing or there are too few sentences to learn a language from.
 */
export function readTrainingSentences(contentDir: string): string[] {
  const sentences = ['cases', 'methods'].flatMap((folder) => {
    const dir = join(contentDir, folder);
    return readdirSync(dir)
      .filter((name) => /\.mdx?$/.test(name))
      .sort()
      .flatMap((name) => sentencesOf(readFileSync(join(dir, name), 'utf8')));
  });
  if (sentences.length < 100) {
    throw new Error(`${contentDir} 里的案例和方法太少,学不出语料:至少要有 100 句话。`);
  }
  return sentences;
}
