import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { AstroIntegration, AstroPrerenderer } from 'astro';
import { precompress } from './precompress.ts';

/** What the indexer is told: each page as it is rendered, then where to write the index. */
export type Told = { pathname: string; html: string } | { root: string };

/** What the indexer tells when it is done. */
export interface Indexed {
  pages: number;
  files: number;
  bytes: number;
}

/**
 * The index is made by a worker: it reads each page while Astro renders the next, and sorts while
 * this thread has the pages compressed. So a second processor is used from the first page on.
 */
export function finishIntegration(): AstroIntegration {
  let indexer: Indexer | undefined;
  return {
    name: 'yuanzhuo-finish',
    hooks: {
      'astro:build:start': ({ setPrerenderer }) => {
        indexer = new Indexer();
        const { hear } = indexer;
        setPrerenderer((standard) => listened(standard, hear));
      },
      'astro:build:done': async ({ dir, logger }) => {
        if (!indexer) return;
        const began = performance.now();
        const root = fileURLToPath(dir);
        const [{ pages, files }] = await Promise.all([
          indexer.finish(root),
          precompress(root, { exclude: (path) => path.startsWith('search/') }),
        ]);
        await precompress(`${root}/search`);
        const seconds = ((performance.now() - began) / 1000).toFixed(1);
        logger.info(`indexed ${pages} pages into ${files} files, compressed all, ${seconds} s`);
      },
    },
  };
}

class Indexer {
  readonly #worker = new Worker(new URL('./indexer.ts', import.meta.url));
  readonly #done: Promise<Indexed>;

  constructor() {
    this.#done = new Promise((resolve, reject) => {
      this.#worker.once('message', resolve);
      this.#worker.once('error', reject);
    });
    // A build that fails elsewhere ends without waiting for the index; its own error is the one to show.
    this.#done.catch(() => {});
    this.#worker.unref();
  }

  readonly hear = (pathname: string, html: string): void => {
    this.#worker.postMessage({ pathname, html } satisfies Told);
  };

  finish(root: string): Promise<Indexed> {
    this.#worker.ref();
    this.#worker.postMessage({ root } satisfies Told);
    return this.#done;
  }
}

/** The standard prerenderer, whose case and method pages are heard by the indexer as well. */
function listened(
  standard: AstroPrerenderer,
  hear: (pathname: string, html: string) => void,
): AstroPrerenderer {
  return {
    ...standard,
    render: async (request, options) => {
      const result = await standard.render(request, options);
      const { pathname } = new URL(request.url);
      if (!/^\/(cases|methods)\/[^/]+\/$/.test(pathname)) return result;
      const answer = result instanceof Response ? { response: result } : result;
      const html = await answer.response.text();
      hear(pathname, html);
      return { ...answer, response: new Response(html, answer.response) };
    },
  };
}
