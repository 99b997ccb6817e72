import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepForReports } from '../../api/forum/moderation/keep.ts';
import { seedThread } from '../support/forum.ts';
import { createModerating, inDemo, type Moderating, REASON } from '../support/moderating.ts';
import { addOtherSalon } from '../support/testApp.ts';

let forum: Moderating;
beforeAll(async () => {
  forum = await createModerating();
  await addOtherSalon(forum);
});
afterAll(() => forum.close());

const TITLE = '微网格长怎么补贴';
const WHY = '点名骂人';
let id: string;
beforeEach(async () => {
  forum.services.db.sqlite.exec('DELETE FROM report');
  id = seedThread(forum, {
    title: TITLE,
    posts: [
      {},
      { by: 'jingyi', unit: '景翼社区', html: '<p>骂人的话<script>alert(1)</script></p>' },
      { by: 'shantuo', unit: '陕拖社区', state: 'hidden' },
    ],
  });
  for (const login of ['minzheng', 'jingyi', 'weiyun', 'shequ4', 'shequ5']) await forum.told(login);
});

const report = (login: string, n = 2, reason = WHY) =>
  forum.send(login, 'POST', `/threads/${id}/posts/${n}/reports`, { reason });
const queue = async (login = 'minzheng') => {
  const client = await forum.as(login);
  const { reports } = await (await client.get(`/api${inDemo('/reports')}`)).json();
  return reports as { id: string; html: string; reporter: string; n: number }[];
};
const decide = (login: string, one: string, decision: string, reason = REASON) =>
  forum.send(login, 'POST', inDemo(`/reports/${one}`), { decision, reason });
const ok = async (answer: Promise<Response>) => expect((await answer).status).toBe(200);
const onlyReport = async () => {
  await ok(report('shequ4'));
  return (await queue())[0]?.id ?? '';
};
/** Its author deletes it, as the writing side does. */
const remove = (n: number) =>
  forum.services.db.orm.transaction((tx) => {
    const { seq } = forum.post(id, n);
    keepForReports(tx, { seq, html: '<p>删掉之前的话</p>' });
    const gone = "UPDATE post SET state = 'deleted', source = '', html = '' WHERE seq = ?";
    forum.services.db.sqlite.prepare(gone).run(seq);
  });

describe('reporting', () => {
  it('puts the post before the hosts, with who said why', async () => {
    await ok(report('shequ4'));
    expect(await forum.told('minzheng')).toEqual([`有人举报了“${TITLE}”里的一条，请处理。`]);
    expect(await forum.told('jingyi')).toEqual([]);
    expect(await queue()).toEqual([
      {
        ...{ id: expect.any(String), thread: id, title: TITLE, n: 2, unit: '景翼社区' },
        ...{ reason: WHY, reporter: '演示·示例社区四书记', at: expect.any(String) },
        // Sanitized again, whatever stands in the database.
        html: '<p>骂人的话</p>',
      },
    ]);
    const rows = forum.rows<{ detail: string }>(
      "SELECT detail FROM audit WHERE action = 'forum.report'",
    );
    expect(rows.at(-1)?.detail).toBe('{}');
  });

  it('is done once by each while it is open; the hosts are told of the post once', async () => {
    await ok(report('shequ4'));
    await forum.refused(() => report('shequ4', 2, '再报一次'), [409, 'alreadyReported']);
    await ok(report('shequ5'));
    await ok(report('shequ4', 1));
    expect(await queue()).toHaveLength(3);
    expect(await forum.told('minzheng')).toHaveLength(2);
  });

  it('is of what is shown, by members, with a reason', async () => {
    await forum.refused(() => report('shequ4', 3), [409, 'postGone']);
    await forum.refused(() => report('shequ4', 9), [404, 'notFound']);
    await forum.refused(() => report('shequ4', 2, ' '), [422, 'invalid']);
    await forum.refused(() => report(''), [401, 'signIn']);
    await forum.refused(() => report('qita'), [404, 'notFound']);
    await forum.refused(() => report('yibao'), [403, 'forbidden']);
  });

  it('stays open where the thread is locked: what is there may offend all the same', async () => {
    await forum.moderate(id, 'lock');
    await ok(report('shequ4'));
    expect(await queue()).toHaveLength(1);
  });
});

describe('deciding', () => {
  it('to hide: the post goes, its author and all reporters are told why', async () => {
    const one = await onlyReport();
    await ok(report('shequ5'));
    await forum.told('minzheng');
    await ok(decide('minzheng', one, 'hidden'));
    expect(forum.post(id, 2).state).toBe('hidden');
    expect(await queue()).toEqual([]);
    expect(await forum.told('jingyi')).toEqual([`您在“${TITLE}”里的一条被隐去，理由：${REASON}`]);
    for (const login of ['shequ4', 'shequ5']) {
      expect(await forum.told(login)).toEqual([
        `您举报的“${TITLE}”里的一条已隐去，理由：${REASON}`,
      ]);
    }
    for (const login of ['weiyun', 'minzheng']) expect(await forum.told(login)).toEqual([]);
    expect(forum.rows('SELECT action, reason FROM moderation WHERE thread_id = ?', id)).toEqual([
      { action: 'hide', reason: REASON },
    ]);
    const decisions = forum.rows<{ detail: string }>(
      "SELECT detail FROM audit WHERE action = 'forum.decide' ORDER BY seq DESC LIMIT 2",
    );
    expect(decisions.map(({ detail }) => detail)).toEqual([
      '{"decision":"hidden"}',
      '{"decision":"hidden"}',
    ]);
  });

  it('to keep: nothing changes but that the reporter is told; it can be reported again', async () => {
    const one = await onlyReport();
    const was = [forum.thread(id), forum.post(id, 2)];
    await ok(decide('minzheng', one, 'kept', '言辞激烈，但没有骂人'));
    expect([forum.thread(id), forum.post(id, 2)]).toEqual(was);
    expect(await forum.told('shequ4')).toEqual([
      `您举报的“${TITLE}”里的一条已保留，理由：言辞激烈，但没有骂人`,
    ]);
    expect(await forum.told('jingyi')).toEqual([]);
    expect(forum.rows('SELECT * FROM moderation WHERE thread_id = ?', id)).toEqual([]);
    await ok(report('shequ4', 2, '又骂了一次'));
    expect(await queue()).toHaveLength(1);
  });

  it('of the accepted answer takes the acceptance away', async () => {
    await ok(forum.send('weiyun', 'PUT', `/threads/${id}/accepted`, { n: 2 }));
    await ok(decide('minzheng', await onlyReport(), 'hidden'));
    expect(forum.thread(id).accepted).toBeNull();
  });

  it('is done by hiding the post outright as well', async () => {
    await onlyReport();
    await forum.moderate(id, 'hide', { n: 2 });
    expect(await queue()).toEqual([]);
    expect(await forum.told('shequ4')).toHaveLength(1);
    expect(await forum.told('jingyi')).toHaveLength(1);
  });

  it('is done once, by a host of this salon', async () => {
    const one = await onlyReport();
    await forum.refused(() => decide('', one, 'kept'), [401, 'signIn']);
    await forum.refused(() => decide('qita', one, 'kept'), [404, 'notFound']);
    for (const login of ['weiyun', 'shequ4', 'jingyi', 'admin', 'yibao']) {
      await forum.refused(() => decide(login, one, 'kept'), [403, 'forbidden']);
    }
    const elsewhere = () =>
      forum.send('qita', 'POST', `/salons/other/reports/${one}`, {
        ...{ decision: 'kept', reason: REASON },
      });
    await forum.refused(elsewhere, [404, 'notFound']);
    await forum.refused(() => decide('minzheng', '0'.repeat(20), 'kept'), [404, 'notFound']);
    await forum.refused(() => decide('minzheng', one, 'erased'), [422, 'invalid']);
    await ok(decide('minzheng', one, 'hidden'));
    await forum.refused(() => decide('minzheng', one, 'kept'), [409, 'reportDecided']);
  });
});

describe('what its author deletes while it is reported', () => {
  it('stays before the hosts alone, and goes with their decision', async () => {
    const one = await onlyReport();
    await ok(report('shequ5'));
    remove(2);
    expect((await queue()).map(({ html }) => html)).toEqual([
      '<p>删掉之前的话</p>',
      '<p>删掉之前的话</p>',
    ]);
    await ok(decide('minzheng', one, 'hidden'));
    expect(forum.post(id, 2).state).toBe('deleted');
    expect(forum.rows('SELECT kept FROM report')).toEqual([{ kept: null }, { kept: null }]);
    expect(forum.rows('SELECT * FROM moderation WHERE thread_id = ?', id)).toEqual([]);
    expect(await forum.told('shequ4')).toHaveLength(1);
  });

  it('is kept for no report that is decided or of another post', async () => {
    await ok(decide('minzheng', await onlyReport(), 'kept'));
    await ok(report('shequ5', 1));
    remove(2);
    expect(forum.rows('SELECT kept FROM report')).toEqual([{ kept: null }, { kept: null }]);
  });
});

describe('who reported', () => {
  it('is known to hosts alone', async () => {
    const one = await onlyReport();
    await ok(decide('minzheng', one, 'hidden'));
    const reporter = forum.personId('shequ4');
    for (const login of ['jingyi', 'weiyun', 'shequ5', 'qita']) {
      const client = await forum.as(login);
      const answers = await Promise.all(
        ['/me/notices?limit=100', `/threads/${id}`, inDemo('/reports'), '/me/export'].map(
          async (path) => (await client.get(`/api${path}`)).text(),
        ),
      );
      const said = answers.join('\n');
      if (login === 'jingyi') expect(said).toContain(REASON);
      for (const secret of [reporter, '演示·示例社区四书记', WHY, one]) {
        expect(said.includes(secret), `${login} reads ${secret}`).toBe(false);
      }
    }
    const seen = [forum.rows('SELECT * FROM notice'), forum.rows('SELECT * FROM moderation')];
    expect(JSON.stringify(seen)).not.toContain(reporter);
  });
});
