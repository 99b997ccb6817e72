import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { AstroIntegration, AstroPrerenderer } from 'astro';
import { writeBallotCode } from './ballotCode.ts';
import { precompress } from './precompress.ts';
import { endWithStarter, PageCounter, tell } from './progress.ts';

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
        endWithStarter();
        indexer = new Indexer();
        const { hear } = indexer;
        setPrerenderer((standard) => listened(standard, hear));
      },
      'astro:build:done': async ({ dir, logger }) => {
        if (!indexer) return;
        const began = performance.now();
        const root = fileURLToPath(dir);
        await writeBallotCode(root);
        tell({ phase: 'indexing' });
        const compressed = precompress(root, { exclude: (path) => path.startsWith('search/') });
        const [{ pages, files }] = await Promise.all([indexer.finish(root), compressed]);
        tell({ phase: 'compressing' });
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

const INDEXED = /^\/(?:(?:cases|methods)\/[^/]+|sessions\/[^/]+\/\d+)\/$/;

/**
 * The standard prerenderer, whose case, method and session pages are heard by the indexer as well.
 */
function listened(
  standard: AstroPrerenderer,
  hear: (pathname: string, html: string) => void,
): AstroPrerenderer {
  const counter = new PageCounter();
  return {
    ...standard,
    getStaticPaths: async () => {
      const paths = await tellingMistakes(standard.getStaticPaths());
      counter.begin(paths.length);
      return paths;
    },
    render: async (request, options) => {
      const result = await tellingMistakes(standard.render(request, options));
      counter.rendered();
      const { pathname } = new URL(request.url);
      if (!INDEXED.test(pathname)) return result;
      const answer = result instanceof Response ? { response: result } : result;
      const html = await answer.response.text();
      hear(pathname, html);
      return { ...answer, response: new Response(html, answer.response) };
    },
  };
}

/** What is wrong with the content is told in words; what is wrong with the program is not. */
async function tellingMistakes<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && error.name === 'ContentError') tell({ mistake: error.message });
    throw error;
  }
}
