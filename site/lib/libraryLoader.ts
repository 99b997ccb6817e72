import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { Loader, LoaderContext } from 'astro/loaders';
import { type ContentProblem, type Read, readThemes } from '../../api/library/contract.ts';

/** The folder that holds cases/, methods/ and themes.yaml. */
export const contentDir = resolve(process.env['YUANZHUO_CONTENT'] ?? 'content');

/**
 * Loads every .mdx of content/<folder>. The body becomes data (see api/library/body.ts), not a module
 * of the bundle: at 3,000 pages that is most of the build's time and memory.
 */
export function mdxLoader<T extends { id: string }>(
  folder: 'cases' | 'methods',
  read: (file: string, source: string) => Read<T>,
): Loader {
  return {
    name: `yuanzhuo-${folder}`,
    load: async (context) => {
      const dir = join(contentDir, folder);
      const names = (await readdir(dir)).filter((name) => name.endsWith('.mdx')).sort();
      context.store.clear();
      const problems: ContentProblem[] = [];
      for (const name of names) problems.push(...(await loadFile(context, read, folder, name)));
      refuse(problems);
      context.watcher?.add(dir);
      context.watcher?.on('change', async (path) => {
        if (!path.startsWith(dir) || !path.endsWith('.mdx')) return;
        report(context, await loadFile(context, read, folder, basename(path)));
      });
    },
  };
}

async function loadFile<T extends { id: string }>(
  { store, parseData }: LoaderContext,
  read: (file: string, source: string) => Read<T>,
  folder: string,
  name: string,
): Promise<ContentProblem[]> {
  const source = await readFile(join(contentDir, folder, name), 'utf8');
  const { entry, problems } = read(`${folder}/${name}`, source);
  if (!entry) return problems;
  const { id } = entry;
  const data = await parseData({ id, data: entry as unknown as Record<string, unknown> });
  store.set({ id, data, digest: createHash('sha256').update(source).digest('hex') });
  return [];
}

export function themesLoader(): Loader {
  return {
    name: 'yuanzhuo-themes',
    load: async ({ store, parseData }) => {
      const { entry, problems } = readThemes(
        'themes.yaml',
        await readFile(join(contentDir, 'themes.yaml'), 'utf8'),
      );
      refuse(problems);
      store.clear();
      for (const [order, theme] of (entry ?? []).entries()) {
        const data = await parseData({ id: theme.id, data: { ...theme, order } });
        store.set({ id: theme.id, data });
      }
    },
  };
}

const inWords = ({ file, field, message }: ContentProblem) =>
  `content/${file}${field ? ` · ${field}` : ''}：${message}`;

function refuse(problems: ContentProblem[]): void {
  if (problems.length > 0) throw new Error(problems.map(inWords).join('\n'));
}

/** While somebody writes, a mistake is said and the last good version stays on the page. */
function report({ logger }: LoaderContext, problems: ContentProblem[]): void {
  for (const problem of problems) logger.error(inWords(problem));
}
