import type { Services } from '../../core/context.ts';
import type { dataVersion } from '../../core/dataVersion.ts';
import { etagOf } from '../../core/http/cache.ts';
import { Kept } from '../../core/kept.ts';
import type { Allowed } from '../find.ts';
import { type Part, postsOf, type Reach } from './posts.ts';

/** Characters. */
const MOST = 16 * 1024 * 1024;

/** A part of a thread, written as JSON. */
export interface WrittenPart {
  readonly json: string;
  readonly etag: string;
}

/** Parts of threads as they were last written, good until anything is written to the database. */
export interface ThreadParts {
  /** The reader of this reach may read it: that is asked before. */
  read(found: Pick<Allowed, 'thread' | 'salon'>, part: Part, reach: Reach): WrittenPart;
}

export function keepThreadParts(
  { db, library }: Pick<Services, 'db' | 'library'>,
  version: ReturnType<typeof dataVersion>,
): ThreadParts {
  const kept = new Kept<WrittenPart & { readonly version: number }>(MOST);
  return {
    read(found, part, reach) {
      const key = `${found.thread.id} ${part.from} ${part.limit} ${reach}`;
      const now = version();
      const before = kept.get(key);
      if (before?.version === now) return before;
      const json = JSON.stringify(postsOf(db.orm, library, found, part, reach));
      // Most writes are to something else: then only the version is new.
      const etag = before?.json === json ? before.etag : etagOf(json);
      const written = { json, etag, version: now };
      kept.set(key, written, json.length);
      return written;
    },
  };
}
