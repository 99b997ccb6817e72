import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, wherever it was cloned. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));
export const node = process.execPath;
export const contentDir = join(root, 'content');
/** Everything the bench writes. */
export const benchDir = join(root, '.cache', 'bench');

/** Their manifest and lock file are the repository's, their node_modules is not. */
export const peersDir = fileURLToPath(new URL('../peers', import.meta.url));

/** A path below the peers' node_modules. Throws when they are not installed. */
export function inPeers(...parts: string[]): string {
  const path = join(peersDir, 'node_modules', ...parts);
  if (existsSync(path)) return path;
  throw new Error('用来对比的软件还没有装好：请在项目目录里运行 npm run bench，它会先安装。');
}
