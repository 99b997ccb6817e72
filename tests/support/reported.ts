import { newId } from '../../api/core/id.ts';
import { report } from '../../db/schema/index.ts';
import { seedPosts } from './forum.ts';
import type { TestApp } from './testApp.ts';

/** A reply in a thread that someone has reported. @returns what the paths name */
export function reportedReply(t: TestApp, thread: string, by: string) {
  const n = seedPosts(t, thread, [{ by }]);
  const { orm, sqlite } = t.services.db;
  const { seq, salonId } = sqlite
    .prepare<[string, number], { seq: number; salonId: string }>(
      `SELECT seq, salon_id AS salonId FROM post JOIN thread ON thread.id = thread_id
       WHERE thread_id = ? AND n = ?`,
    )
    .get(thread, n) ?? { seq: 0, salonId: '' };
  const row = { id: newId(), salonId, postSeq: seq, reporterId: t.personId(by), at: 1 };
  orm
    .insert(report)
    .values({ ...row, reason: '请看一看' })
    .run();
  return { thread, n: '1', report: row.id };
}
