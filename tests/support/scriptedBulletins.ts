import type { Page } from '@playwright/test';
import { DEMO_SALON } from '../../db/demo/fuping.ts';
import { asFile, type Bulletin } from './bulletins.ts';
import { hashOf } from './recounting.ts';
import { BALLOT_PAGES } from './scriptedCommittee.ts';

interface Bulletins {
  readonly BALLOT: string;
  readonly first: Bulletin;
  readonly SECOND: string;
  readonly second: Bulletin;
}

/** An evaluation whose papers are published. @returns the address of its page */
export async function scriptBulletins(
  page: Page,
  { BALLOT, first, SECOND, second }: Bulletins,
): Promise<string> {
  const api = `/api/salons/${DEMO_SALON.slug}/ballots/${BALLOT}`;
  const files = { first: asFile(first), second: asFile(second) };
  const ballot = {
    ...BALLOT_PAGES.recalled,
    id: BALLOT,
    bulletin: hashOf(files.first),
    second: { ...BALLOT_PAGES.recalled.second, id: SECOND, bulletin: hashOf(files.second) },
  };
  await page.route(`**${api}`, (route) => route.fulfill({ json: ballot }));
  for (const [paper, body] of Object.entries(files)) {
    await page.route(`**${api}/bulletin.json?paper=${paper}`, (route) =>
      route.fulfill({ body, contentType: 'application/json' }),
    );
  }
  return `/salon/ballots/${BALLOT}/?salon=${DEMO_SALON.slug}`;
}
