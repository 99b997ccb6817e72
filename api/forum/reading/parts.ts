import type { Services } from '../../core/context.ts';
import { etagOf } from '../../core/http/cache.ts';
import { Kept } from '../../core/kept.ts';
import { type Allowed, findThread } from '../find.ts';
import { type Part, postsOf, type Reach, type ReadPart } from './posts.ts';

type Found = Pick<Allowed, 'thread' | 'salon'>;

/** Threads, without their posts. */
const THREADS = 2000;
/** Characters. */
const MOST = 16 * 1024 * 1024;

/** A part of a thread, written as JSON. */
export interface WrittenPart extends Omit<ReadPart, 'shown'> {
  readonly json: string;
  readonly etag: string;
}

/** Threads as they were last read, good until anything is written to the database. */
export interface ThreadParts {
  /** Without asking who may read it. */
  find(id: string): Found | undefined;
  /** A part for readers of this reach: that they may read it, is asked before. */
  read(found: Found, part: Part, reach: Reach): WrittenPart;
}

/** @param version of the data that all of it comes from */
export function keepThreadParts(
  { db, library }: Pick<Services, 'db' | 'library'>,
  version: () => number,
): ThreadParts {
  const threads = new Kept<{ readonly found: Found; readonly version: number }>(THREADS);
  const parts = new Kept<WrittenPart & { readonly version: number }>(MOST);
  return {
    find(id) {
      const now = version();
      const before = threads.get(id);
      if (before?.version === now) return before.found;
      const found = findThread(db.orm, id);
      if (found) threads.set(id, { found, version: now }, 1);
      return found;
    },
    read(found, part, reach) {
      const key = `${found.thread.id} ${part.from} ${part.limit} ${reach}`;
      const now = version();
      const before = parts.get(key);
      if (before?.version === now) return before;
      const { shown, ...facts } = postsOf(db.orm, library, found, part, reach);
      const json = JSON.stringify(shown);
      // Most writes are to something else: then only the version is new.
      const etag = before?.json === json ? before.etag : etagOf(json);
      const written = { ...facts, json, etag, version: now };
      parts.set(key, written, json.length);
      return written;
    },
  };
}
