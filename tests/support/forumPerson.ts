import { seedThread } from './forum.ts';
import type { TestApp } from './testApp.ts';

/** Nothing else in the database looks like these. */
export const WORDS = {
  draft: '只有自己看得到的草稿',
  former: '改掉的说法',
  reported: '举报时写的话',
};
/** Wrote, was called, read, followed, reported, moderated, and is sent mail. */
export function addForum(
  t: TestApp,
  personId: string,
  { name, userName: by }: { readonly name: string; readonly userName: string },
): void {
  const call = `@${name}`;
  const html = `<p><span class="mention">${call}</span> 请看</p>`;
  const calling = { source: `${call} 请看`, html, text: `${call} 请看` };
  // Who is called in a quotation was told by what is quoted.
  const quoted = `<blockquote><p><span class="mention person">${call}</span> 请看</p></blockquote>`;
  const quoting = { source: `> ${call} 请看`, html: quoted };
  const thread = seedThread(t, { posts: [calling, { by, text: '我写的一楼' }, quoting] });
  seedThread(t, { by, title: '我发起的讨论', posts: [{ text: '我写的一楼' }] });
  const { sqlite } = t.services.db;
  const one = (sql: string) => sqlite.prepare<[], string | number>(sql).pluck().get();
  const salon = one("SELECT id FROM salon WHERE slug = 'fuping-demo'");
  const [called, own] = [1, 2].map((n) =>
    sqlite.prepare('SELECT seq FROM post WHERE thread_id = ? AND n = ?').pluck().get(thread, n),
  );
  const insert = (table: string, row: Readonly<Record<string, unknown>>) =>
    sqlite
      .prepare(
        `INSERT INTO ${table} (${Object.keys(row).map((name) => `"${name}"`)})
         VALUES (${Object.keys(row).map((name) => `@${name}`)})`,
      )
      .run(row);
  const person = { person_id: personId };
  insert('post_version', { post_seq: own, nth: 1, source: WORDS.former, at: 1 });
  insert('post_version', { post_seq: called, nth: 1, source: `＠${name} 你好`, at: 1 });
  insert('post_mark', { ...person, post_seq: called, at: 1 });
  insert('mention', { ...person, post_seq: called });
  insert('follow', { ...person, thread_id: thread, level: 'follow' });
  insert('thread_reading', { ...person, thread_id: thread, n: 2 });
  insert('forum_seen', { ...person, salon_id: salon, before: 1 });
  const draft = { place: 'new', title: '', source: WORDS.draft, at: 1 };
  insert('post_draft', { ...person, salon_id: salon, ...draft });
  const report = { salon_id: salon, post_seq: called, reporter_id: personId, at: 1 };
  insert('report', { ...report, id: 'open', reason: '还没有处理' });
  const decided = { reason: WORDS.reported, decision: 'kept', decided_at: 2 };
  insert('report', { ...report, id: 'decided', ...decided });
  const action = { thread_id: thread, action: 'lock', reason: '公开的理由', at: 1 };
  insert('moderation', { ...person, ...action });
  const hash = 'f'.repeat(64);
  insert('file', { hash, size: 1, kind: 'png', added_at: 1 });
  const picture = { salon_id: salon, owner_id: personId, hash, width: 3, height: 4, at: 1 };
  insert('picture', { ...picture, id: 'used', thread_id: thread });
  insert('picture', { ...picture, id: 'unused' });
  insert('notice_choice', { ...person, group: '轮值', mail: 'digest' });
  insert('notice_timing', { ...person, digest: 'weekly', quiet_from: 1320, quiet_until: 450 });
  const hook = { name: '工作群', format: 'plain', sealed_url: 'sealed', groups: '[]' };
  insert('webhook', { ...hook, id: 'hook', salon_id: salon, created_by: personId, created_at: 1 });
  const sent = { state: 'accepted', made_at: 1, next_at: 1, done_at: 2 };
  insert('dispatch', { ...person, id: 'sent', ...sent });
  insert('delivery', { ...person, notice_seq: 100000, due_at: 1, dispatch_id: 'sent' });
  const other = sqlite.prepare('SELECT seq FROM notice WHERE seq <> 100000').pluck().get();
  insert('delivery', { ...person, notice_seq: other, due_at: 5 });
}
