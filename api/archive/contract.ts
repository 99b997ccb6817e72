/** The archive's front door: the public export of published sessions, and how far a build is. */
export { ARCHIVE_FILE, readArchive } from './readArchive.ts';
export { type BuildProgress, type RebuildState, rebuildState } from './rebuildState.ts';
export {
  ACTION_STATES,
  type Archive,
  type ArchivedAction,
  type ArchivedSalon,
  type ArchivedSession,
  type ArchivedTopic,
  archive,
} from './shapes.ts';
