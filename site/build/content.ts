import { resolve } from 'node:path';
import type { AstroIntegration } from 'astro';

/** While somebody writes: a saved text shows at once. */
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
      },
    },
  };
}
