import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import type { Log } from '../core/context.ts';

const entry = z.object({
  kind: z.enum(['theme', 'case', 'method']),
  id: z.string(),
  name: z.string(),
  gist: z.string(),
  /** Of a case or method: the themes it belongs to. */
  themes: z.array(z.string()),
});
/** What the build writes of the library for the server: see site/pages/names.json.ts. */
export const libraryNames = z.array(entry);
export type Entry = z.infer<typeof entry>;

/** The names in the library as it was last built. */
export interface Library {
  all(): readonly Entry[];
  find(kind: Entry['kind'], id: string): Entry | undefined;
}

export function libraryOf(entries: readonly Entry[]): Library {
  const byKey = new Map(entries.map((one) => [`${one.kind} ${one.id}`, one]));
  return { all: () => entries, find: (kind, id) => byKey.get(`${kind} ${id}`) };
}

const LOOK_MS = 5000;

/**
 * Reads what the build wrote, anew after another build. Without it the library is empty.
 * @param file absolute path of names.json
 */
export function watchLibrary(
  file: string,
  { clock, log }: { readonly clock: () => number; readonly log: Log },
): Library {
  let [library, changed, looked] = [libraryOf([]), Number.NaN, Number.NEGATIVE_INFINITY];
  const current = (): Library => {
    const now = clock();
    if (Math.abs(now - looked) < LOOK_MS) return library;
    looked = now;
    try {
      const { mtimeMs } = statSync(file);
      if (mtimeMs !== changed) {
        library = libraryOf(libraryNames.parse(JSON.parse(readFileSync(file, 'utf8'))));
        changed = mtimeMs;
      }
    } catch (error) {
      // While a build puts new pages in place, the old names hold.
      log.warn({ err: error }, 'the names of the library could not be read');
    }
    return library;
  };
  return {
    all: () => current().all(),
    find: (kind, id) => current().find(kind, id),
  };
}
