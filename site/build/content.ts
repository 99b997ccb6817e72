import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { AstroIntegration } from 'astro';

const INDEX_FILE = /^\/search\/(?:[0-9a-f]+\/)?\w+\.(?:json|bin)$/;

/** While somebody writes: a saved text shows at once, and the search answers from the last build. */
export function contentIntegration(): AstroIntegration {
  return {
    name: 'yuanzhuo-content',
    hooks: {
      'astro:server:setup': ({ server }) => {
        const dir = resolve('content');
        server.watcher.add(dir);
        server.watcher.on('all', (_event, path) => {
          if (path.startsWith(dir)) server.ws.send({ type: 'full-reload' });
        });
        server.middlewares.use((request, response, next) => {
          const { pathname } = new URL(request.url ?? '/', 'http://localhost');
          if (!INDEX_FILE.test(pathname)) {
            next();
            return;
          }
          readFile(resolve(`dist${pathname}`)).then(
            (content) => response.end(content),
            () => next(),
          );
        });
      },
    },
  };
}
