import { copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeVitePress } from '../corpus/writePeers.ts';
import { runMeasured } from '../measure/processTree.ts';
import { benchDir, inPeers, node, peersDir } from './paths.ts';
import type { Project } from './project.ts';

const base = (count: number) => join(benchDir, `vitepress-${count}`);
const state = (count: number, name: string) => join(base(count), '.vitepress', name);

/** VitePress as it comes, with the local search its manual offers. */
const CONFIG = `export default {
  title: '案例库',
  lang: 'zh-CN',
  srcDir: './pages',
  themeConfig: { search: { provider: 'local' } },
};
`;

export const VITEPRESS: Project = {
  id: 'vitepress',
  label: 'VitePress',
  prepare(cases) {
    const dir = base(cases.length);
    mkdirSync(join(dir, '.vitepress'), { recursive: true });
    // Without one of its own, the build would read the project's.
    writeFileSync(join(dir, 'tsconfig.json'), '{}\n');
    copyFileSync(join(peersDir, 'package.json'), join(dir, 'package.json'));
    writeFileSync(join(dir, '.vitepress', 'config.mjs'), CONFIG);
    const modules = join(dir, 'node_modules');
    if (!existsSync(modules)) symlinkSync(inPeers(), modules);
    writeVitePress(join(dir, 'pages'), cases);
  },
  clean(count) {
    for (const name of ['dist', 'cache', '.temp']) {
      rmSync(state(count, name), { recursive: true, force: true });
    }
  },
  build: (count) =>
    runMeasured(node, [inPeers('vitepress', 'bin', 'vitepress.js'), 'build'], { cwd: base(count) }),
  dist: (count) => state(count, 'dist'),
  casePath: (slug) => `/${slug}.html`,
  slugOf: (address) => /(bench-\d+)/.exec(address)?.[1],
};
