import { afterEach, expect } from 'vitest';
import type { BallotSite } from './ballots.ts';

/**
 * For a test file: what goes through it is removed after the test.
 * @returns the site itself
 */
export function removingSites(): <S extends BallotSite>(site: S) => S {
  const sites: BallotSite[] = [];
  afterEach(async () => {
    for (const site of sites.splice(0)) await site.remove();
  });
  return (site) => {
    sites.push(site);
    return site;
  };
}

/** What the box throws when it says no. */
export const refused = (code: string): unknown => expect.objectContaining({ message: code });
