import type { Services } from '../core/context.ts';
import type { RebuildState } from './contract.ts';
import { IDLE, type Rebuilder } from './rebuild.ts';
import { writeArchive } from './writeArchive.ts';

/** Brings what is published in the database to the static pages. */
export interface Publishing {
  /**
   * Writes the export and asks for a build, which finds out by itself whether anything is new since
   * the last one that succeeded.
   * @throws what the file system throws
   */
  request(): Promise<void>;
  state(): RebuildState;
}

/**
 * @param archiveFile absolute path of the export
 * @param rebuilder undefined where the pages are built by somebody else
 */
export function createPublishing(
  services: Services,
  archiveFile: string,
  rebuilder: Pick<Rebuilder, 'request' | 'state'> | undefined,
): Publishing {
  return {
    async request() {
      await writeArchive(services, archiveFile);
      rebuilder?.request();
    },
    state: () => rebuilder?.state() ?? IDLE,
  };
}
