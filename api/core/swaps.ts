import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A build puts new pages in place by two renames; no disk needs longer between them. */
const GAP_MS = 1_000;
const LOOK_MS = 2;

/**
 * Tells whether the folder of pages was another one while a file was looked for. The folder is
 * looked at only when a file was not found, so what is found costs nothing.
 */
export class Swaps {
  readonly #dir: string;
  #folder: string | undefined;
  /** How often the folder was seen to be another one. */
  #seen = 0;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** To be taken before looking, and handed to `since`. */
  get seen(): number {
    return this.#seen;
  }

  /** Whether there is reason to look again. Waits while there is no folder at all. */
  async since(seen: number): Promise<boolean> {
    let folder = await identify(this.#dir);
    for (let waited = 0; folder === undefined && waited < GAP_MS; waited += LOOK_MS) {
      await sleep(LOOK_MS);
      folder = await identify(this.#dir);
    }
    if (folder !== this.#folder) {
      this.#folder = folder;
      this.#seen += 1;
    }
    return this.#seen !== seen;
  }
}

/** Changes with the folder, not with what is in it. */
async function identify(dir: string): Promise<string | undefined> {
  const stats = await stat(dir, { bigint: true }).catch(() => undefined);
  return stats && `${stats.dev}-${stats.ino}-${stats.birthtimeNs}`;
}
