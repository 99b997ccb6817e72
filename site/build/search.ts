import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { extract } from '../lib/search/extract.ts';
import { type Source, writeIndex } from '../lib/search/write.ts';

/** Indexes the pages as they were built, after the build, in the same process. */
export function searchIntegration(): AstroIntegration {
  return {
    name: 'yuanzhuo-search',
    hooks: {
      'astro:build:done': async ({ dir, pages, logger }) => {
        const began = performance.now();
        const root = fileURLToPath(dir);
        const sources: Source[] = [];
        for (const { pathname } of pages) {
          if (!/^(cases|methods)\/[^/]+\/$/.test(pathname)) continue;
          const page = extract(await readFile(join(root, pathname, 'index.html'), 'utf8'));
          if (page) sources.push({ ...page, url: `/${pathname}` });
        }
        const { files, bytes } = await writeIndex(root, sources);
        const seconds = ((performance.now() - began) / 1000).toFixed(1);
        logger.info(
          `${sources.length} pages, ${files} files, ${Math.round(bytes / 1024)} KiB, ${seconds} s`,
        );
      },
    },
  };
}
