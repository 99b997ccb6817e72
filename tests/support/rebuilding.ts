import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RebuildState } from '../../api/archive/contract.ts';
import {
  createRebuilder,
  type Rebuilder,
  type RebuilderOptions,
} from '../../api/archive/rebuild.ts';
import { silentLog } from '../../api/core/log.ts';
import { GOOD_CASE, METHOD, THEMES } from '../content/sample.ts';
import { type FixtureSite, fixtureFolder } from './fixtureSite.ts';

/** A rebuilder of the pages in a folder. Its clock begins at 1,000 and goes on by one when read. */
export function rebuilderIn(
  folder: FixtureSite,
  options: Partial<RebuilderOptions> = {},
): Rebuilder {
  let now = 1_000;
  return createRebuilder({
    siteDir: join(folder.dir, 'site'),
    archiveFile: join(folder.dir, 'archive.json'),
    log: silentLog,
    clock: () => now++,
    ...options,
  });
}

/** Waits until the state is so. */
export async function until(
  rebuilder: Rebuilder,
  is: (state: RebuildState) => boolean,
): Promise<void> {
  while (!is(rebuilder.state())) await sleep(5);
}

/** One case, one method and no session: what is really built. */
export interface SmallLibrary {
  readonly folder: FixtureSite;
  readonly rebuilder: Rebuilder;
  /** Builds, and says how it ended. */
  rebuilt(): Promise<RebuildState>;
  /** A built page, by its address without slashes at its ends. */
  read(path: string): string;
  remove(): void;
}

/** Builds of this process read its content until it is removed. */
export function smallLibrary(): SmallLibrary {
  const folder = fixtureFolder({
    'content/themes.yaml': THEMES,
    'content/methods/loudongzhang.mdx': METHOD,
    'content/cases/fuping-weixiao.mdx': GOOD_CASE,
    'archive.json': JSON.stringify({ version: 1, salons: [], sessions: [] }),
  });
  const before = process.env['YUANZHUO_CONTENT'];
  process.env['YUANZHUO_CONTENT'] = join(folder.dir, 'content');
  const rebuilder = rebuilderIn(folder);
  return {
    folder,
    rebuilder,
    async rebuilt() {
      rebuilder.request();
      await rebuilder.idle();
      return rebuilder.state();
    },
    read: (path) => readFileSync(join(folder.dir, 'site', path, 'index.html'), 'utf8'),
    remove() {
      if (before === undefined) delete process.env['YUANZHUO_CONTENT'];
      else process.env['YUANZHUO_CONTENT'] = before;
      folder.remove();
    },
  };
}
