import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CaseEntry,
  type ContentProblem,
  type MethodEntry,
  type Read,
  readCase,
  readMethod,
  readThemes,
} from './read.ts';
import { checkLibrary, type Library } from './rules.ts';

/**
 * Reads and checks the whole library below `dir` (cases/*.mdx, methods/*.mdx, themes.yaml).
 * `problems` is empty when all of it is good; what could be read is returned either way.
 * Throws only if `dir` itself cannot be read.
 */
export async function loadLibrary(
  dir: string,
): Promise<{ library: Library; problems: ContentProblem[] }> {
  const problems: ContentProblem[] = [];
  const keep = <T>(read: Read<T>): T[] => {
    problems.push(...read.problems);
    return read.entry ? [read.entry] : [];
  };
  const themes = keep(
    readThemes('themes.yaml', await readFile(join(dir, 'themes.yaml'), 'utf8')),
  ).flat();
  const cases: CaseEntry[] = [];
  for (const [file, source] of await mdxFiles(dir, 'cases'))
    cases.push(...keep(readCase(file, source)));
  const methods: MethodEntry[] = [];
  for (const [file, source] of await mdxFiles(dir, 'methods')) {
    methods.push(...keep(readMethod(file, source)));
  }
  const library = { themes, cases, methods };
  // A file that could not be read would be reported again wherever another names it.
  if (problems.length === 0) problems.push(...checkLibrary(library));
  return { library, problems };
}

async function mdxFiles(dir: string, folder: string): Promise<[file: string, source: string][]> {
  const names = (await readdir(join(dir, folder))).filter((name) => name.endsWith('.mdx')).sort();
  return Promise.all(
    names.map(
      async (name): Promise<[string, string]> => [
        `${folder}/${name}`,
        await readFile(join(dir, folder, name), 'utf8'),
      ],
    ),
  );
}
