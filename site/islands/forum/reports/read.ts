import type { z } from 'zod';
import type { postRow, reportList, threadPage } from '../../../../api/forum/contract.ts';
import { api, ask, once } from '../../../lib/api.ts';
import { loadPlace } from '../../salon/place.tsx';
import type { Decision } from './words.ts';

export type Report = z.infer<typeof reportList>['reports'][number];
export type Post = z.infer<typeof postRow>;

const reportsApi = api.salons[':salon'].reports;

/** The reports that wait, the oldest first; none for whoever is no host. */
export async function loadReports() {
  const place = await loadPlace();
  if (!place.isHost) return { place, reports: [] };
  const { reports } = await ask(reportsApi.$get({ param: { salon: place.slug } }));
  return { place, reports };
}

/** So many posts before the one that is reported, and after it. */
const AROUND = { before: 2, after: 1 };

/** What was said just before and after. */
export async function readAround({ thread, n }: Report): Promise<readonly Post[]> {
  const from = Math.max(1, n - AROUND.before);
  const limit = n - from + 1 + AROUND.after;
  const page: z.infer<typeof threadPage> = await ask(
    api.threads[':thread'].$get({
      param: { thread },
      query: { from: String(from), limit: String(limit) },
    }),
  );
  return page.thread.rows;
}

export async function decide(
  salon: string,
  report: string,
  json: { decision: Decision; reason: string },
  key: string,
): Promise<void> {
  await ask(reportsApi[':report'].$post({ param: { salon, report }, json }, once(key)));
}
