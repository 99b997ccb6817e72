import type { Counted } from '../api/load.ts';
import { inClient } from '../api/loads.ts';

/** Open pages of a salon, each of which asks again when it hears that something changed. */
export type Streams = {
  port: number;
  salon: string;
  /** What each asks for. */
  path: string;
  /** Of each page's reader. */
  cookies: readonly string[];
  seconds: number;
};

/** Opens them in a process of their own. @returns how long each asking again took */
export const openStreams = (streams: Streams): Promise<Counted> =>
  inClient(new URL('./streamClient.ts', import.meta.url), streams);
