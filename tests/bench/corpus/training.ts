import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EDITOR_MARK } from '../../../api/library/contract.ts';

/** Han text with full-width marks and figures; ASCII marks belong to YAML and end a clause. */
const CLAUSE =
  /[\p{Script=Han}\d %.+\u2014\u00b7\u3001\u300a\u300b\u201c\u201d\uff0c\uff1a\uff1b\uff08\uff09]{8,}[\u3002\uff01\uff1f]?/gu;
const SENTENCE_END = /(?<=[\u3002\uff01\uff1f])|\n/u;

/** Sentences of one MDX file, front matter values included, tags and Markdown marks left out. */
function sentencesOf(source: string): string[] {
  const plain = source
    .replaceAll(EDITOR_MARK, '')
    .replace(/<[^>]*>/g, '\n')
    .replace(/^\s*(?:- \[ \]|[-#]+|\d+\.)\s*/gmu, '')
    .replace(/[*_`>|"']/g, '');
  return plain
    .split(SENTENCE_END)
    .flatMap((line) => line.match(CLAUSE) ?? [])
    .map((sentence) => sentence.trim())
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
    throw new Error(`${contentDir} 里的案例和方法太少，学不出语料：至少要有 100 句话。`);
  }
  return sentences;
}
