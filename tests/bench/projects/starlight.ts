import { copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeStarlight } from '../corpus/writePeers.ts';
import { runMeasured } from '../measure/processTree.ts';
import { benchDir, inPeers, node, peersDir } from './paths.ts';
import type { Project } from './project.ts';

const base = (count: number) => join(benchDir, `starlight-${count}`);
const dist = (count: number) => join(base(count), 'dist');

/** Starlight as it comes, but with a short sidebar: listing every page on every page would be unfair. */
const CONFIG = `import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';

export default defineConfig({
  site: 'http://127.0.0.1:4321',
  cacheDir: './.cache',
  vite: { cacheDir: './.vite' },
  integrations: [
    starlight({
      title: '案例库',
      defaultLocale: 'root',
      locales: { root: { label: '简体中文', lang: 'zh-CN' } },
      sidebar: [{ label: '案例库', link: '/' }],
      pagination: false,
    }),
  ],
});
`;
const COLLECTIONS = `import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
import { defineCollection } from 'astro:content';

export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
`;

export const STARLIGHT: Project = {
  id: 'starlight',
  label: 'Starlight',
  prepare(cases) {
    const dir = base(cases.length);
    mkdirSync(join(dir, 'src'), { recursive: true });
    // Without one of its own, the build would read the project's.
    writeFileSync(join(dir, 'tsconfig.json'), '{}\n');
    copyFileSync(join(peersDir, 'package.json'), join(dir, 'package.json'));
    writeFileSync(join(dir, 'astro.config.mjs'), CONFIG);
    writeFileSync(join(dir, 'src', 'content.config.ts'), COLLECTIONS);
    const modules = join(dir, 'node_modules');
    if (!existsSync(modules)) symlinkSync(inPeers(), modules);
    writeStarlight(join(dir, 'src', 'content', 'docs'), cases);
  },
  clean(count) {
    for (const name of ['dist', '.astro', '.cache', '.vite']) {
      rmSync(join(base(count), name), { recursive: true, force: true });
    }
    rmSync(join(inPeers(), '.astro'), { recursive: true, force: true });
  },
  build: (count) =>
    runMeasured(node, [inPeers('astro', 'bin', 'astro.mjs'), 'build'], {
      cwd: base(count),
      env: { ASTRO_TELEMETRY_DISABLED: '1' },
    }),
  dist,
  casePath: (slug) => `/${slug}/`,
  slugOf: (address) => /\/(bench-\d+)\//.exec(address)?.[1],
};
