import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { NoticeData } from '../../api/notices/kinds.ts';
import type { Outcome } from '../../api/notices/postman/types.ts';
import { seedThread } from '../support/forum.ts';
import { createPost, emailOf, type Post, SITE } from '../support/post.ts';
import { moment, SECRETARIES } from '../support/rounds.ts';
import type { Behaviour } from '../support/smtp.ts';
import { createTestApp } from '../support/testApp.ts';

const [one = '', two = '', three = ''] = SECRETARIES;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let post: Post;
beforeEach(async () => {
  post = await createPost();
});
afterEach(() => post.close());

const states = (): string[] =>
  post.rows<{ state: string }>('SELECT state FROM dispatch ORDER BY made_at').map((r) => r.state);
const troubles = (): (string | null)[] =>
  post.rows<{ trouble: string | null }>('SELECT trouble FROM dispatch').map((r) => r.trouble);
const waiting = (): number => post.rows('SELECT 1 FROM delivery WHERE dispatch_id IS NULL').length;
const textOf = (index: number): string => post.smtp.letters[index]?.mail.text ?? '';
const followed = (title: string): NoticeData<'post.followed'> => ({
  thread: 'k7mq29xd5t3w8r1y6p4n',
  title,
  n: 3,
  unit: '渭运社区',
});

describe('a mail', () => {
  it('says what happened and where, in text and HTML, with a way out', async () => {
    await post.tellTurn('2026-12', one);
    await post.run();
    const [letter] = post.smtp.letters;
    const { mail, to, raw } = letter ?? {};
    expect(to).toEqual([emailOf(one)]);
    expect(mail?.subject).toBe('圆桌：2026年12月由您担任轮值主席。');
    const link = `${SITE}/salon/seats/?salon=fuping-demo`;
    expect(mail?.text).toContain(`【轮值】\n\n2026年12月由您担任轮值主席。\n11月23日 10:00 · `);
    expect(mail?.text).toContain(`\n${link}\n`);
    expect(mail?.html).toContain(`<a href="${link}">2026年12月由您担任轮值主席。</a>`);
    expect(mail?.text).toContain(`${SITE}/account/notices/`);
    const [{ id = '' } = {}] = post.rows<{ id: string }>('SELECT id FROM dispatch');
    expect(mail?.messageId).toBe(`<${id}@yuanzhuo.example.cn>`);
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(states()).toEqual(['accepted']);
    await post.run();
    expect(post.smtp.letters).toHaveLength(1);
  });

  it('carries no header, address or tag of whoever gives things their names', async () => {
    const evil =
      '题\r\nBcc: evil@example.cn\r\n\r\n<script>alert(1)</script>\u2028\u202e"><img src=x>';
    const { sqlite } = post.services.db;
    sqlite.prepare('UPDATE person SET name = ? WHERE user_name = ?').run('某\r\nBcc: x@y.cn', one);
    sqlite.prepare('UPDATE salon SET name = ?').run('某\r\nBcc: x@y.cn<b>');
    await post.tell('post.mentioned', followed(evil), one);
    await post.run();
    const [letter] = post.smtp.letters;
    expect(letter?.to).toEqual([emailOf(one)]);
    const names = [...(letter?.mail.headers.keys() ?? [])];
    expect(names.filter((name) => /bcc|^cc$/.test(name))).toEqual([]);
    expect(letter?.mail.html).not.toMatch(/<script|<img/);
    expect(letter?.mail.html).toContain('&lt;script&gt;');
    expect(letter?.mail.subject).not.toMatch(/[\r\n\u2028\u202e]/);
  });

  test.each(['a@example.cn, b@example.cn', 'a@example.cn\r\nRCPT TO:<b@example.cn>', '不是邮箱'])(
    'goes nowhere by the address %j',
    async (email) => {
      const { sqlite } = post.services.db;
      sqlite.prepare('UPDATE person SET email = ? WHERE user_name = ?').run(email, one);
      await post.tellTurn('2026-12', one);
      await post.tellTurn('2026-12', two);
      await post.run();
      const reached = post.smtp.letters.flatMap(({ to }) => to);
      expect(reached).toContain(emailOf(two));
      expect(reached).not.toContain('b@example.cn');
    },
  );

  it('names fifty at most, and counts the rest', async () => {
    for (let month = 0; month < 53; month += 1)
      await post.tellTurn(`${2027 + Math.floor(month / 12)}-${(month % 12) + 1}`, one);
    await post.run();
    expect(post.smtp.letters).toHaveLength(1);
    expect(textOf(0).match(/由您担任轮值主席/g)).toHaveLength(50);
    expect(textOf(0)).toContain('还有 3 条更早的');
    expect(post.smtp.letters[0]?.mail.subject).toBe('圆桌：53 条通知');
  });
});

describe('what waits for its time', () => {
  it('comes together in the digest of the morning, once', async () => {
    await post.tell('post.followed', followed('甲'), one, two);
    await post.tell('post.followed', followed('乙'), one);
    await post.run();
    post.at('2026-11-24T07:59');
    await post.run();
    expect(post.smtp.letters).toEqual([]);
    post.at('2026-11-24T08:00');
    await post.run();
    expect(post.smtp.letters.map(({ to }) => to[0]).sort()).toEqual([one, two].map(emailOf).sort());
    const both = post.smtp.letters.find(({ to }) => to[0] === emailOf(one))?.mail.text ?? '';
    expect([both.includes('：甲'), both.includes('：乙')]).toEqual([true, true]);
    post.at('2026-11-25T08:00');
    await post.run();
    expect(post.smtp.letters).toHaveLength(2);
  });

  it('is dropped where what was said is gone, or may no longer be read', async () => {
    const { sqlite } = post.services.db;
    const titles = ['还在', '删了', '撤下'];
    const [, deleted, hidden] = await Promise.all(
      titles.map(async (title) => {
        const thread = seedThread(post, { title, posts: [{}, { by: two }] });
        const data = { thread, title, n: 2, unit: '景翼社区' };
        await post.tell('post.followed', data, one);
        return thread;
      }),
    );
    const gone = "UPDATE post SET state = 'deleted', source = '', html = '' WHERE n = 2";
    sqlite.prepare(`${gone} AND thread_id = ?`).run(deleted);
    sqlite.prepare('UPDATE thread SET hidden_at = 1 WHERE id = ?').run(hidden);
    post.at('2026-11-24T08:00');
    await post.run();
    expect(titles.filter((title) => textOf(0).includes(title))).toEqual(['还在']);
    expect(post.smtp.letters).toHaveLength(1);
  });

  it('is dropped once it was read', async () => {
    await post.tell('post.followed', followed('甲'), one);
    await post.tell('post.followed', followed('乙'), one, two);
    const [{ seq = 0 } = {}] = post.rows<{ seq: number }>('SELECT max(seq) - 1 AS seq FROM notice');
    const client = await post.signIn(one);
    await client.send('POST', '/api/me/notices/read', { upTo: seq });
    const other = await post.signIn(two);
    await other.send('POST', '/api/me/notices/read', { upTo: seq + 1 });
    post.at('2026-11-24T08:00');
    await post.run();
    expect(post.smtp.letters.map(({ to }) => to)).toEqual([[emailOf(one)]]);
    expect(textOf(0)).not.toContain('：甲');
    expect(states().sort()).toEqual(['accepted', 'not needed']);
    expect(waiting()).toBe(0);
  });

  test.each([
    ['was deactivated', 'UPDATE person SET deactivated_at = 1 WHERE id = ?'],
    ['gave up the address', 'UPDATE person SET email = NULL WHERE id = ?'],
    ['left the salon', 'UPDATE tenure SET until = since WHERE person_id = ?'],
  ])('is dropped when the person %s', async (_, change) => {
    await post.tell('post.followed', followed('甲'), one, two);
    post.services.db.sqlite.prepare(change).run(post.personId(one));
    post.at('2026-11-24T08:00');
    await post.run();
    expect(post.smtp.letters.map(({ to }) => to)).toEqual([[emailOf(two)]]);
    expect(states().sort()).toEqual(['accepted', 'not needed']);
  });

  it('survives a clock that runs ahead and is set back, and one that jumps a year', async () => {
    post.at('2030-01-01T10:00');
    await post.tell('post.followed', followed('甲'), one);
    post.smtp.behave = () => 'fail';
    await post.tellTurn('2030-02', two);
    await post.run();
    post.smtp.behave = () => 'accept';
    post.at('2026-11-23T10:00');
    await post.run();
    expect(post.smtp.letters.map(({ to }) => to[0]).sort()).toEqual([one, two].map(emailOf).sort());
    await post.tell('post.followed', followed('乙'), one);
    post.at('2027-11-23T10:00');
    await post.run();
    await post.run();
    expect(post.smtp.letters).toHaveLength(3);
    expect(states()).toEqual(['accepted', 'accepted', 'accepted']);
  });
});

describe('a mail server', () => {
  it('that fails half the time gets everything in the end, each once', async () => {
    let offered = 0;
    post.smtp.behave = () => {
      offered += 1;
      return offered % 2 === 0 ? 'accept' : 'fail';
    };
    const people = SECRETARIES.slice(0, 6);
    await post.tellTurn('2026-12', ...people);
    for (let round = 0; round < 12; round += 1) {
      await post.run();
      post.later(3 * HOUR);
    }
    const reached = post.smtp.letters.map(({ to }) => to[0]);
    expect([...reached].sort()).toEqual(people.map(emailOf).sort());
    expect(new Set(states())).toEqual(new Set(['accepted']));
  });

  it('that knows no such mailbox stops what goes there, until they ask again', async () => {
    post.smtp.behave = (to) => (to === emailOf(one) ? 'noMailbox' : 'accept');
    await post.tellTurn('2026-12', one, two);
    await post.run();
    expect(post.smtp.letters.map(({ to }) => to)).toEqual([[emailOf(two)]]);
    expect(troubles()).toContain('邮件服务器说没有这个邮箱（550）');
    await post.tellTurn('2027-01', one);
    expect(waiting()).toBe(0);
    const client = await post.signIn(one);
    const before = await (await client.get('/api/me/notice-choices')).json();
    expect(before.mail).toMatchObject({
      refusedAt: expect.stringMatching(/^2026-11-23T02:00:00/),
      trouble: '邮件服务器说没有这个邮箱（550）',
    });
    const again = await client.send('PUT', '/api/me/notice-choices', { resume: true });
    expect((await again.json()).mail.refusedAt).toBeNull();
    post.smtp.behave = () => 'accept';
    await post.tellTurn('2027-02', one);
    await post.run();
    expect(textOf(1)).toContain('2027年2月');
    expect(textOf(1)).not.toContain('2027年1月');
  });

  test.each<Behaviour>(['policy', 'badSender'])(
    'that refuses us (%s) is tried again',
    async (how) => {
      post.smtp.behave = () => how;
      await post.tellTurn('2026-12', one);
      await post.run();
      expect(states()).toEqual(['waiting']);
      expect(post.rows('SELECT 1 FROM notice_timing')).toEqual([]);
      post.smtp.behave = () => 'accept';
      post.later(2 * MINUTE);
      await post.run();
      expect(states()).toEqual(['accepted']);
    },
  );

  it('that hangs at its greeting is left alone for a while, and nothing is lost', async () => {
    post.smtp.greets = false;
    post.patience.short = true;
    await post.tellTurn('2026-12', one, two, three);
    await post.run();
    // One was tried; the others need not find out for themselves.
    expect(post.rows('SELECT 1 FROM dispatch WHERE tries > 0')).toHaveLength(1);
    expect(post.rows('SELECT 1 FROM dispatch WHERE in_doubt = 1')).toEqual([]);
    const { connections } = post.smtp.met;
    await post.run();
    expect(post.smtp.met.connections).toBe(connections);
    post.smtp.greets = true;
    post.patience.short = false;
    post.later(2 * MINUTE);
    await post.run();
    expect(post.smtp.letters).toHaveLength(3);
  });

  test.each<Behaviour>(['hangAfterData', 'dropAfterData'])(
    'that may have taken the mail (%s) is offered the very same again, and what is new apart',
    async (how) => {
      post.smtp.behave = () => how;
      post.patience.short = how === 'hangAfterData';
      await post.tellTurn('2026-12', one);
      await post.run();
      post.patience.short = false;
      const [{ id = '' } = {}] = post.rows<{ id: string }>('SELECT id FROM dispatch');
      expect(post.rows('SELECT 1 FROM dispatch WHERE in_doubt = 1')).toHaveLength(1);
      await post.tellTurn('2027-01', one);
      post.smtp.behave = () => 'accept';
      post.later(2 * MINUTE);
      await post.run();
      await post.run();
      const sent = post.smtp.letters.map(({ mail }) => [mail.messageId, mail.subject]);
      const same = [`<${id}@yuanzhuo.example.cn>`, '圆桌：2026年12月由您担任轮值主席。'];
      const apart = [expect.not.stringContaining(id), '圆桌：2027年1月由您担任轮值主席。'];
      // The one window that no sender can close: taken, and the connection gone before it is said.
      expect(sent).toEqual(how === 'dropAfterData' ? [same, same, apart] : [same, apart]);
      expect(states()).toEqual(['accepted', 'accepted']);
    },
  );

  it('that was down for a day gets one mail for each, at a pace', async () => {
    post.smtp.greets = false;
    post.patience.short = true;
    const people = SECRETARIES.slice(0, 8);
    for (let hour = 0; hour < 24; hour += 1) {
      await post.tellTurn(`2027-${String((hour % 12) + 1).padStart(2, '0')}`, ...people);
      if (hour % 6 === 0) await post.run();
      post.later(HOUR);
    }
    post.smtp.greets = true;
    post.patience.short = false;
    post.waits.length = 0;
    await post.run();
    post.later(3 * HOUR);
    await post.run();
    const reached = post.smtp.letters.map(({ to }) => to[0]);
    expect([...reached].sort()).toEqual(people.map(emailOf).sort());
    for (const { mail } of post.smtp.letters)
      expect(mail.text?.match(/由您担任轮值主席/g)).toHaveLength(24);
    expect(post.waits).toEqual(people.map(() => 200));
    expect(post.rows('SELECT 1 FROM delivery WHERE dispatch_id IS NULL')).toEqual([]);
  });

  it('is tried for five days of tries, then the person is told', async () => {
    post.smtp.behave = () => 'fail';
    await post.tellTurn('2026-12', one);
    const begun = post.clock.now;
    for (let tries = 0; tries < 60 && states()[0] !== 'given up'; tries += 1) {
      await post.run();
      post.later(3 * HOUR);
    }
    expect(states()).toEqual(['given up']);
    expect(post.clock.now - begun).toBeGreaterThan(5 * 24 * HOUR);
    const client = await post.signIn(one);
    const { mail } = await (await client.get('/api/me/notice-choices')).json();
    expect(mail).toMatchObject({ refusedAt: null, trouble: '邮件服务器没有接收（451）' });
  });

  it('goes on with what a former process began', async () => {
    post.smtp.behave = () => 'fail';
    await post.tellTurn('2026-12', one);
    await post.run();
    post.restart();
    post.smtp.behave = () => 'accept';
    post.later(2 * MINUTE);
    await post.run();
    expect(post.smtp.letters).toHaveLength(1);
  });
});

describe('a whole county', () => {
  it('is put out with the event, in one statement', async () => {
    const { sqlite } = post.services.db;
    const add = sqlite.prepare(
      'INSERT INTO person (id, name, email, user_name, created_at) VALUES (?, ?, ?, ?, 0)',
    );
    const people = Array.from({ length: 3045 }, (_, index) => `person${index}`);
    sqlite.transaction(() => {
      for (const id of people) add.run(id, id, `${id}@example.cn`, id);
    })();
    await post.tellTurn('2026-12', ...people);
    expect(waiting()).toBe(people.length);
    expect(post.rows('SELECT DISTINCT due_at FROM delivery')).toEqual([
      { due_at: moment('2026-11-23T10:00') },
    ]);
  });

  it('without a mail server nothing is put out', async () => {
    const t = await createTestApp();
    const client = await t.as(one);
    expect((await (await client.get('/api/me/notice-choices')).json()).mail.available).toBe(false);
    Object.assign(post.services, { sendMail: undefined });
    const before = post.rows('SELECT 1 FROM inbox').length;
    await post.tellTurn('2026-12', one);
    expect(post.rows('SELECT 1 FROM delivery')).toEqual([]);
    expect(post.rows('SELECT 1 FROM inbox')).toHaveLength(before + 1);
    await t.close();
  });
});

describe('a webhook', () => {
  const hook = (id: string): void => {
    const [{ salon = '' } = {}] = post.rows<{ salon: string }>('SELECT id AS salon FROM salon');
    const add = post.services.db.sqlite.prepare(
      `INSERT INTO webhook (id, salon_id, name, format, sealed_url, groups, created_by, created_at)
       VALUES (?, ?, '群', 'plain', '', '[]', ?, 0)`,
    );
    add.run(id, salon, post.personId(one));
  };
  const put = (id: string, due: number): void => {
    const [{ seq = 0 } = {}] = post.rows<{ seq: number }>('SELECT max(seq) AS seq FROM notice');
    const add = post.services.db.sqlite.prepare(
      'INSERT INTO delivery (notice_seq, webhook_id, due_at) VALUES (?, ?, ?)',
    );
    add.run(seq, id, due);
  };

  it('that hangs holds up no mail and no other webhook; ten notices at most go in one', async () => {
    hook('slow');
    hook('fast');
    for (let month = 1; month <= 12; month += 1) {
      await post.tellTurn(`2027-${String(month).padStart(2, '0')}`, two);
      put('slow', post.clock.now);
      put('fast', post.clock.now);
    }
    const calls: [string, number][] = [];
    let release = (_: Outcome): void => {};
    const hanging = new Promise<Outcome>((resolve) => {
      release = resolve;
    });
    const lanes = post.lanes(({ webhook: { id } }, items) => {
      calls.push([id, items.length]);
      return id === 'slow' ? hanging : Promise.resolve({ is: 'accepted' });
    });
    const running = Promise.all(lanes.map((lane) => lane.run()));
    await expect.poll(() => post.smtp.letters.length).toBe(1);
    await expect
      .poll(
        () =>
          post.rows("SELECT 1 FROM dispatch WHERE webhook_id = 'fast' AND state = 'accepted'")
            .length,
      )
      .toBe(1);
    release({ is: 'failed', trouble: '没有回应', inDoubt: false, forAll: false });
    await running;
    await Promise.all(lanes.map((lane) => lane.run()));
    expect(calls).toEqual(
      expect.arrayContaining([
        ['slow', 10],
        ['fast', 10],
        ['fast', 2],
      ]),
    );
    expect(post.rows('SELECT id, trouble FROM webhook ORDER BY id')).toEqual([
      { id: 'fast', trouble: null },
      { id: 'slow', trouble: '没有回应' },
    ]);
  });

  it('that was removed, or whose sender throws, harms nothing', async () => {
    hook('gone');
    hook('bad');
    await post.tellTurn('2027-01', two);
    put('gone', post.clock.now);
    put('bad', post.clock.now);
    post.services.db.sqlite.exec("UPDATE webhook SET removed_at = 1 WHERE id = 'gone'");
    const lanes = post.lanes(() => Promise.reject(new Error('no')));
    await Promise.all(lanes.map((lane) => lane.run()));
    expect(
      post.rows('SELECT webhook_id, state FROM dispatch WHERE person_id IS NULL ORDER BY 1'),
    ).toEqual([
      { webhook_id: 'bad', state: 'waiting' },
      { webhook_id: 'gone', state: 'not needed' },
    ]);
  });
});
