import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeOurs } from '../corpus/writeOurs.ts';
import { runMeasured } from '../measure/processTree.ts';
import { benchDir, contentDir, node, root } from './paths.ts';
import type { Project } from './project.ts';

const base = (count: number) => join(benchDir, `ours-${count}`);
const dist = (count: number) => join(base(count), 'dist');

/** 圆桌 itself, built from `content` into `out` with an empty cache. */
export function buildOurs(content: string, out: string, cache: string) {
  const env = {
    YUANZHUO_CONTENT: content,
    YUANZHUO_OUT: out,
    YUANZHUO_CACHE: cache,
    // Whoever measures may have published something.
    YUANZHUO_ARCHIVE: join(cache, 'no-archive.json'),
    ASTRO_TELEMETRY_DISABLED: '1',
  };
  return runMeasured(node, [join(root, 'node_modules', 'astro', 'bin', 'astro.mjs'), 'build'], {
    cwd: root,
    env,
  });
}

export const OURS: Project = {
  id: 'ours',
  label: '圆桌',
  prepare: (cases) => writeOurs(join(base(cases.length), 'content'), contentDir, cases),
  clean(count) {
    for (const path of [dist(count), join(base(count), 'cache')]) {
      rmSync(path, { recursive: true, force: true });
    }
  },
  build: (count) =>
    buildOurs(join(base(count), 'content'), dist(count), join(base(count), 'cache')),
  dist,
  casePath: (slug) => `/cases/${slug}/`,
  slugOf: (address) => /\/cases\/(bench-\d+)\//.exec(address)?.[1],
};
