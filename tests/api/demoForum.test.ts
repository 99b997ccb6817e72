import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { indexedQuery } from '../../api/forum/tokens.ts';
import { createTestApp, type TestApp } from '../support/testApp.ts';

let t: TestApp;
beforeAll(async () => {
  t = await createTestApp();
});
afterAll(() => t.close());

const rows = <T>(sql: string, ...values: unknown[]) =>
  t.services.db.sqlite.prepare<unknown[], T>(sql).all(...values);
interface Thread {
  readonly title: string;
  readonly placeKind: string;
  readonly placeKey: string;
  readonly shown: number;
}
const threads = (where: string) =>
  rows<Thread>(
    `SELECT title, place_kind AS placeKind, place_key AS placeKey, replies AS shown
     FROM thread WHERE ${where} ORDER BY title`,
  );

describe('the demo’s forum', () => {
  it('has something of each kind', () => {
    expect(threads('1')).toHaveLength(8);
    expect(threads("place_key = 'weiwang-shige' AND accepted = 3")).toMatchObject([{ shown: 3 }]);
    expect(threads('asks = 1 AND replies = 0')).toHaveLength(1);
    expect(threads('is_public = 0')).toMatchObject([{ placeKind: 'session' }]);
    expect(threads("place_kind = 'topic'")).toHaveLength(1);
    expect(threads('locked_at IS NOT NULL')).toHaveLength(1);
    expect(threads('pinned_at IS NOT NULL')).toHaveLength(1);
    expect(rows("SELECT action FROM moderation WHERE reason <> '' ORDER BY action")).toEqual([
      { action: 'lock' },
      { action: 'pin' },
    ]);
    const html = rows<{ html: string }>('SELECT html FROM post').map((one) => one.html);
    for (const part of ['<table>', 'footnote-ref', 'class="mention"', 'class="entry"']) {
      expect(html.join('\n'), part).toContain(part);
    }
  });

  it('stands at places of the salon that are there', () => {
    const lost = `SELECT title FROM thread
      WHERE (place_kind = 'topic' AND place_key NOT IN (SELECT id FROM topic WHERE state <> 'draft'))
         OR (place_kind = 'session' AND place_key NOT IN (SELECT id FROM session))`;
    expect(rows(lost)).toEqual([]);
  });

  it('counts what is there', () => {
    const wrong = `SELECT title FROM thread WHERE posts <> replies + 1
      OR posts <> (SELECT count(*) FROM post WHERE thread_id = thread.id)
      OR last_at <> (SELECT max(at) FROM post WHERE thread_id = thread.id)
      OR last_unit <> (SELECT unit FROM post WHERE thread_id = thread.id ORDER BY n DESC LIMIT 1)`;
    expect(rows(wrong)).toEqual([]);
    const marks = 'SELECT count(*) FROM post_mark WHERE post_seq = post.seq';
    expect(rows(`SELECT n FROM post WHERE marks <> (${marks})`)).toEqual([]);
    const own = 'SELECT 1 FROM post_mark WHERE post_seq = post.seq AND person_id = author_id';
    expect(rows(`SELECT n FROM post WHERE EXISTS (${own})`)).toEqual([]);
    expect(rows('SELECT n FROM post WHERE at > ?', t.services.clock())).toEqual([]);
  });

  it('is found by what it says', () => {
    const found = (words: string) =>
      rows<{ title: string }>(
        `SELECT DISTINCT title FROM post_text(?) JOIN post ON post.seq = post_text.rowid
         JOIN thread ON thread.id = thread_id`,
        indexedQuery(words),
      ).map(({ title }) => title);
    expect(found('演练')).toEqual(['微网格划到三十户，微网格长从哪里找']);
    expect(found('广告箱')).toEqual(['老院子没有业委会，公共收益的账户开在谁名下']);
  });

  it('was told of in the order of time, to whom it concerns', async () => {
    const at = rows<{ at: number }>('SELECT at FROM notice ORDER BY seq').map((one) => one.at);
    expect(at.length).toBeGreaterThan(12);
    expect(at).toEqual([...at].sort((a, b) => a - b));
    const toldOf = async (login: string): Promise<string[]> => {
      const { notices } = await (await (await t.as(login)).get('/api/me/notices')).json();
      return notices.map(({ text }: { text: string }) => text);
    };
    expect(await toldOf('shequ9')).toContain(
      '示例社区六采纳了您的回复：微网格划到三十户，微网格长从哪里找',
    );
    expect(await toldOf('shequ7')).toContain(
      '您的讨论“广场上跳舞的声音，到底几点算晚”已锁定，暂时不能回复，理由：已转为议题“舞蹈队和住户怎么定个长久的约定”，请到议题下面接着说',
    );
  });
});
