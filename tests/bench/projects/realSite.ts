import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildOurs } from './ours.ts';
import { benchDir, contentDir } from './paths.ts';

/** Builds 圆桌 from the real content, apart from the site's own dist, and gives the folder. */
export async function buildRealSite(): Promise<string> {
  const base = join(benchDir, 'ours-real');
  const dist = join(base, 'dist');
  rmSync(dist, { recursive: true, force: true });
  await buildOurs(contentDir, dist, join(base, 'cache'));
  return dist;
}
