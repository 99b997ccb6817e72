import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { AstroIntegration } from 'astro';
import { precompress } from './precompress.ts';

/** What indexer.ts tells when it is done. */
export interface Indexed {
  pages: number;
  files: number;
  bytes: number;
}

/** After the pages: index them in a worker while this thread has them compressed. */
export function finishIntegration(): AstroIntegration {
  return {
    name: 'yuanzhuo-finish',
    hooks: {
      'astro:build:done': async ({ dir, pages, logger }) => {
        const began = performance.now();
        const root = fileURLToPath(dir);
        const [indexed] = await Promise.all([
          indexPages(
            root,
            pages.map(({ pathname }) => pathname),
          ),
          precompress(root, { exclude: (path) => path.startsWith('search/') }),
        ]);
        await precompress(`${root}/search`);
        const seconds = ((performance.now() - began) / 1000).toFixed(1);
        logger.info(
          `indexed ${indexed.pages} pages into ${indexed.files} files, compressed all, ${seconds} s`,
        );
      },
    },
  };
}

function indexPages(root: string, pathnames: string[]): Promise<Indexed> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./indexer.ts', import.meta.url), {
      workerData: { root, pathnames },
      // The large arrays are typed; a small heap keeps the peak down.
      resourceLimits: { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 64 },
    });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code !== 0) reject(new Error(`search index: worker ended with ${code}`));
    });
  });
}
