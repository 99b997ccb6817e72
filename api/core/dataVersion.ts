import type { Services } from './context.ts';

/** Changes with every write of this process and, by SQLite's own count, of any other. */
export function dataVersion({ db, changes }: Pick<Services, 'db' | 'changes'>): () => number {
  // Asked of the file once for all requests that came together.
  let foreign: number | undefined;
  return () => {
    if (foreign === undefined) {
      foreign = db.foreignChanges();
      setImmediate(() => {
        foreign = undefined;
      });
    }
    return changes.count * 2 ** 20 + foreign;
  };
}
