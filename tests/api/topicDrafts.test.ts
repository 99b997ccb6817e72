import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import {
  createRounds,
  expectRefused,
  type Rounds,
  SECRETARIES,
  SITUATION,
  TIMES,
} from '../support/rounds.ts';
import { addOtherSalon, type Client } from '../support/testApp.ts';
import { payloads } from '../support/xss.ts';

let salon: Rounds;
beforeEach(async () => {
  salon = await createRounds();
  await salon.convene();
  await salon.until(TIMES.opens);
});
afterEach(() => salon.close());

const [first = '', second = '', third = ''] = SECRETARIES;
const OTHERS = [second, 'minzheng', 'xueyuan', 'peixun', 'yibao', 'admin', ''];
const EMPTY = { title: '', situation: '', tried: '', invite: '', cases: [] };
const WHOLE = { ...EMPTY, title: '楼道灯没有人修', situation: SITUATION };
const refused = (what: () => Promise<Response>, wanted: readonly [number, string]) =>
  expectRefused(salon, what, wanted);

interface Topic {
  readonly title: string;
  readonly situation: string;
  readonly state: string;
  readonly againOf: { readonly id: string } | null;
  readonly steps: readonly { state: string; by: string; reason: string }[];
  readonly may: Readonly<Record<string, boolean>>;
}
const topic = (login: string, id: string) => salon.read<Topic>(login, `/topics/${id}`);
const listed = async (login: string, of = 'all'): Promise<string[]> => {
  const { topics } = await salon.read<{ topics: { id: string }[] }>(login, `/topics?of=${of}`);
  return topics.map(({ id }) => id);
};
const step = (login: string, id: string, what: string, body?: unknown) =>
  salon.send(login, 'POST', `/topics/${id}/${what}`, body);
const save = (login: string, id: string, body: unknown) =>
  salon.send(login, 'PUT', `/topics/${id}`, body);
const support = (login: string, id: string, wanted = true) =>
  salon.send(login, 'PUT', `/topics/${id}/support`, { support: wanted });
const decline = (id: string, reason = '上一期已经讨论过') =>
  step('minzheng', id, 'decline', { reason });

/** Nobody but its own seat finds the topic, by any way. */
async function expectHidden(id: string): Promise<void> {
  for (const login of OTHERS) {
    const response = await salon.send(login, 'GET', `/topics/${id}`);
    expect(response.status, login).toBeGreaterThanOrEqual(401);
    expect(await response.text()).not.toContain(WHOLE.title);
  }
  for (const login of [second, 'minzheng']) {
    expect(await listed(login)).not.toContain(id);
    expect((await salon.round(login)).topics).toEqual([]);
    expect((await salon.send(login, 'GET', `/topics/${id}`)).status).toBe(404);
  }
}

describe('a draft', () => {
  it('is kept as typed, however little, and seen by its own seat alone', async () => {
    const id = await salon.draft(first);
    expect(await topic(first, id)).toMatchObject({ title: '', situation: '', state: 'draft' });
    const response = await save(first, id, { ...WHOLE, tried: '  试过\n自己换灯  ' });
    expect(response.status).toBe(200);
    expect(await topic(first, id)).toMatchObject({ title: WHOLE.title, tried: '试过\n自己换灯' });
    expect(await listed(first, 'mine')).toEqual([id]);
    expect(await listed(first)).toEqual([id]);
    await expectHidden(id);
  });

  it('taken back stays as private as it was', async () => {
    const id = await salon.draft(first, WHOLE);
    expect(await (await step(first, id, 'withdraw')).json()).toEqual({ id, state: 'withdrawn' });
    expect(await listed(first)).toEqual([id]);
    await expectHidden(id);
    expect(await salon.told(second)).not.toContain(`您附议的“${WHOLE.title}”已由提出者撤回。`);
  });

  it('is changed, proposed and taken back by its own seat alone', async () => {
    const id = await salon.draft(first, WHOLE);
    for (const login of [second, 'minzheng', 'admin']) {
      await refused(() => save(login, id, EMPTY), [403, 'forbidden']);
      await refused(() => step(login, id, 'propose'), [403, 'forbidden']);
      await refused(() => step(login, id, 'withdraw'), [403, 'forbidden']);
    }
    await refused(() => support(second, id), [404, 'notFound']);
    await refused(() => decline(id), [404, 'notFound']);
  });

  it('goes with the seat to its next holder', async () => {
    const id = await salon.draft(first, WHOLE);
    const path = `/seats/${salon.seatOf(first)}/hand-over`;
    const next = { person: { name: '新书记', userName: 'xinshuji' } };
    expect((await salon.send('minzheng', 'POST', path, next)).status).toBe(200);
    expect(await topic('xinshuji', id)).toMatchObject({ state: 'draft' });
    expect((await salon.send(first, 'GET', `/topics/${id}`)).status).toBe(404);
  });

  test.each([
    ['a title that is too long', { ...EMPTY, title: '长'.repeat(61) }, '/title'],
    ['a title of two lines', { ...EMPTY, title: '一\n二' }, '/title'],
    ['a text that is too long', { ...EMPTY, situation: '长'.repeat(3001) }, '/situation'],
    ['a case of no such form', { ...EMPTY, cases: ['../x'] }, '/cases/0'],
    ['eleven cases', { ...EMPTY, cases: Array.from({ length: 11 }, () => 'a') }, '/cases'],
    ['a field that there is not', { ...EMPTY, state: 'confirmed' }, ''],
  ])('is refused with %s', async (_, body, path) => {
    const before = salon.state();
    const response = await salon.send(first, 'POST', '/topics', body);
    expect(response.status).toBe(422);
    const { errors } = (await response.json()) as { errors: { path: string }[] };
    expect(errors.map((one) => one.path)).toEqual([path]);
    expect(salon.state()).toEqual(before);
  });
});

describe('proposing', () => {
  test.each([
    ['everything', EMPTY, ['/title', '/situation']],
    ['a title', { ...WHOLE, title: '灯坏了' }, ['/title']],
    ['the situation', { ...WHOLE, situation: '九个字不够十个字' }, ['/situation']],
  ])('names what is missing: %s', async (_, body, paths) => {
    const id = await salon.draft(first, body);
    const before = salon.state();
    const response = await step(first, id, 'propose');
    expect(response.status).toBe(422);
    const problem = (await response.json()) as { type: string; errors: { path: string }[] };
    expect(problem.type).toContain('topicIncomplete');
    expect(problem.errors.map(({ path }) => path)).toEqual(paths);
    expect(salon.state()).toEqual(before);
  });

  it('puts the topic before everyone of the table, and it no longer changes', async () => {
    const id = await salon.propose(first);
    for (const login of [second, 'minzheng']) {
      expect(await listed(login)).toEqual([id]);
      expect((await salon.round(login)).topics).toMatchObject([
        { id, state: 'proposed', votes: null },
      ]);
    }
    await refused(() => save(first, id, WHOLE), [409, 'topicState']);
    await refused(() => step(first, id, 'propose'), [409, 'topicState']);
    expect((await topic(first, id)).steps).toMatchObject([{ state: 'proposed', by: 'proposer' }]);
  });

  it('is possible twice a round; what is taken back does not count, what is declined does', async () => {
    const one = await salon.propose(first);
    await salon.propose(first);
    const third = await salon.draft(first, WHOLE);
    expect((await salon.round(first)).me?.proposalsLeft).toBe(0);
    await refused(() => step(first, third, 'propose'), [409, 'tooManyProposals']);
    expect((await step(first, one, 'withdraw')).status).toBe(200);
    expect((await salon.round(first)).me?.proposalsLeft).toBe(1);
    expect((await step(first, third, 'propose')).status).toBe(200);
    expect((await decline(third)).status).toBe(200);
    expect((await salon.round(first)).me?.proposalsLeft).toBe(0);
  });

  it('clicked many times at once proposes once, and never more than two of many', async () => {
    const id = await salon.draft(first, WHOLE);
    const clicks = await Promise.all([1, 2, 3].map(() => step(first, id, 'propose')));
    expect(clicks.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const more = await Promise.all([1, 2, 3, 4].map(() => salon.draft(first, WHOLE)));
    const all = await Promise.all(more.map((one) => step(first, one, 'propose')));
    expect(all.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  });

  it('ends at the moment the vote opens, even before the scheduler has looked', async () => {
    const [one, other] = [await salon.draft(first, WHOLE), await salon.draft(first, WHOLE)];
    salon.at(TIMES.votes, -1);
    expect((await step(first, one, 'propose')).status).toBe(200);
    salon.at(TIMES.votes);
    await refused(() => step(first, other, 'propose'), [409, 'noRound']);
  });

  it('of a lapsed topic makes a new one, linked to it; of any other it is refused', async () => {
    const old = await salon.propose(first);
    const again = { ...WHOLE, againOf: old };
    await refused(() => salon.send(first, 'POST', '/topics', again), [409, 'topicState']);
    salon.services.db.sqlite.prepare("UPDATE topic SET state = 'lapsed' WHERE id = ?").run(old);
    const id = await salon.draft(first, again);
    expect(id).not.toBe(old);
    expect(await topic(first, id)).toMatchObject({ againOf: { id: old }, state: 'draft' });
  });
});

describe('a support', () => {
  it('counts each seat once, may be taken back, and tells the proposer of the first', async () => {
    const id = await salon.propose(first);
    expect(await (await support(second, id)).json()).toEqual({ supports: 1 });
    const before = salon.state();
    expect(await (await support(second, id)).json()).toEqual({ supports: 1 });
    expect(salon.state()).toEqual(before);
    expect(await (await support(third, id)).json()).toEqual({ supports: 2 });
    expect((await salon.round(second)).topics).toMatchObject([{ supports: 2, supported: true }]);
    expect(await (await support(second, id, false)).json()).toEqual({ supports: 1 });
    expect(await (await support(third, id, false)).json()).toEqual({ supports: 0 });
    expect(await (await support(third, id)).json()).toEqual({ supports: 1 });
    const told = (await salon.told(first)).filter((text) => text.includes('附议'));
    expect(told).toEqual(['您提出的“楼道灯没有人修”有了第一个附议。']);
  });

  it('of nineteen at once is nineteen', async () => {
    const id = await salon.propose(first);
    await Promise.all(SECRETARIES.flatMap((login) => [support(login, id), support(login, id)]));
    expect((await salon.round(first)).topics).toMatchObject([{ supports: 19 }]);
    expect(salon.rows('SELECT 1 FROM support WHERE topic_id = ?', id)).toHaveLength(19);
  });

  it('is for a seat alone, and for a topic that stands for a vote', async () => {
    const id = await salon.propose(first);
    for (const login of ['minzheng', 'admin', 'xueyuan']) {
      await refused(() => support(login, id), [403, 'forbidden']);
    }
    await decline(id);
    await refused(() => support(second, id), [409, 'notSupportable']);
  });
});

describe('leaving the round before the vote', () => {
  it('declined by the reviewer with a reason, which is public and told to its followers', async () => {
    const id = await salon.propose(first);
    await support(second, id);
    await refused(() => decline(id, '不好'), [422, 'invalid']);
    await refused(() => step(second, id, 'decline', { reason: '我不喜欢' }), [403, 'forbidden']);
    expect(await (await decline(id)).json()).toEqual({ id, state: 'declined' });
    const words = '议题“楼道灯没有人修”没有采用。理由：上一期已经讨论过';
    for (const login of [first, second]) expect((await salon.told(login))[0]).toBe(words);
    expect(await salon.told(third)).not.toContain(words);
    const { steps } = await topic(third, id);
    expect(steps.at(-1)).toMatchObject({ by: 'reviewer', reason: '上一期已经讨论过' });
    await refused(() => decline(id), [409, 'topicState']);
  });

  it('withdrawn by its proposer: gone from the round, and its supporters hear of it', async () => {
    const id = await salon.propose(first);
    await support(second, id);
    expect((await step(first, id, 'withdraw')).status).toBe(200);
    expect((await salon.told(second))[0]).toBe('您附议的“楼道灯没有人修”已由提出者撤回。');
    expect((await salon.round(third)).topics).toEqual([]);
    expect(await topic(third, id)).toMatchObject({ state: 'withdrawn' });
    await refused(() => step(first, id, 'withdraw'), [409, 'topicState']);
  });

  it('is over once the vote is open', async () => {
    const id = await salon.propose(first);
    await salon.until(TIMES.votes);
    await refused(() => step(first, id, 'withdraw'), [409, 'topicState']);
    await refused(() => decline(id), [409, 'topicState']);
  });
});

describe('what an attacker types', () => {
  it('is stored and given back as plain text, each in one field or another', async () => {
    expect(payloads.length).toBeGreaterThan(50);
    const fields = ['title', 'situation', 'tried', 'invite'];
    for (let from = 0; from < payloads.length; from += fields.length) {
      const texts = fields.map((field, index) => [field, payloads[from + index] ?? '']);
      const id = await salon.draft(first, Object.fromEntries(texts));
      const kept = texts.map(([field, text = '']) => [field, text.normalize('NFC').trim()]);
      expect(await topic(first, id)).toMatchObject(Object.fromEntries(kept));
    }
    const response = await salon.send(first, 'GET', '/topics?limit=100');
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('in a reason reaches its readers as it is, in the notice too', async () => {
    const text = '<img src=x onerror=hacked=1>';
    const id = await salon.propose(first, text);
    expect((await decline(id, text)).status).toBe(200);
    expect((await salon.told(first))[0]).toBe(`议题“${text}”没有采用。理由：${text}`);
  });
});

describe('another salon', () => {
  it('reaches no topic and no round of this one', async () => {
    const id = await salon.propose(first);
    const other = await addOtherSalon(salon);
    const people: Client[] = [await salon.as('qita'), await salon.as('qitashuji')];
    const at = (path: string) => `/api/salons/${other.slug}${path}`;
    const yes = { support: true };
    for (const one of people) {
      expect((await one.get(at(`/topics/${id}`))).status).toBe(404);
      expect((await one.get(at('/rounds/2026-11'))).status).toBe(404);
      expect(await (await one.get(at('/topics'))).json()).toEqual({ topics: [], next: null });
    }
    const [host, secretary] = people as [Client, Client];
    await refused(() => secretary.send('PUT', at(`/topics/${id}/support`), yes), [404, 'notFound']);
    await refused(() => secretary.send('PUT', at(`/topics/${id}`), EMPTY), [403, 'forbidden']);
    const reason = { reason: '不属于这里' };
    await refused(() => host.send('POST', at(`/topics/${id}/decline`), reason), [404, 'notFound']);
    const again = { ...WHOLE, againOf: id };
    await refused(() => secretary.send('POST', at('/topics'), again), [409, 'topicState']);
  });
});
