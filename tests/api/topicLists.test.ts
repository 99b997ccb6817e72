import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createTestApp, DEMO, type TestApp } from '../support/testApp.ts';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly state: string;
}

const url = (path: string): string => `/api/salons/${DEMO}${path}`;
const STAGES = {
  draft: ['draft'],
  open: ['proposed', 'on-ballot', 'rolled-over'],
  chosen: ['confirmed', 'scheduled', 'discussed', 'closed'],
  past: ['lapsed', 'declined', 'withdrawn'],
};

let t: TestApp;
let weiyun: Client;
let jingyi: Client;
beforeAll(async () => {
  t = await createTestApp();
  [weiyun, jingyi] = await Promise.all([t.as('weiyun'), t.as('jingyi')]);
});
afterAll(() => t.close());

async function list(client: Client, query: string): Promise<Row[]> {
  const response = await client.get(url(`/topics?limit=100&${query}`));
  expect(response.status).toBe(200);
  return (await response.json()).topics;
}

async function draft(client: Client, title: string): Promise<string> {
  const text = {
    title,
    situation: '楼道灯坏了三个月，没有人来修。',
    tried: '',
    invite: '',
    cases: [],
  };
  const response = await client.send('POST', url('/topics'), text);
  expect(response.status).toBe(201);
  return (await response.json()).id;
}

describe('topics by how far they have come', () => {
  it.each(Object.entries(STAGES))('%s', async (stage, states) => {
    const all = (await list(weiyun, '')).filter(({ state }) => states.includes(state));
    const found = await list(weiyun, `stage=${stage}`);
    expect(found.length, 'the demo has some of each').toBeGreaterThan(0);
    expect(found.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  });

  it('keeps the pages apart', async () => {
    const all = await list(weiyun, 'stage=past');
    const response = await weiyun.get(url('/topics?limit=1&stage=past'));
    const { topics, next } = await response.json();
    const rest = await list(weiyun, `stage=past&cursor=${next}`);
    expect([...topics, ...rest]).toEqual(all);
  });

  it('refuses a stage that there is not', async () => {
    expect((await weiyun.get(url('/topics?stage=secret'))).status).toBe(422);
  });
});

describe('a draft that was dropped', () => {
  it('is gone from the lists, and nobody else ever sees it', async () => {
    const id = await draft(weiyun, '写了一半不写了');
    const dropped = await weiyun.send('POST', url(`/topics/${id}/withdraw`));
    expect(await dropped.json()).toEqual({ id, state: 'withdrawn' });
    for (const client of [weiyun, jingyi, await t.as('minzheng')]) {
      expect((await list(client, '')).some((one) => one.id === id)).toBe(false);
    }
    expect(await list(weiyun, 'of=mine')).not.toContainEqual(expect.objectContaining({ id }));
    expect((await jingyi.get(url(`/topics/${id}`))).status).toBe(404);
    expect((await (await t.as('minzheng')).get(url(`/topics/${id}`))).status).toBe(404);
    expect((await weiyun.get(url(`/topics/${id}`))).status, 'its own seat').toBe(200);
  });

  it('unlike a proposed topic that was withdrawn, which all may read', async () => {
    const id = await draft(weiyun, '提出以后又撤回');
    expect((await weiyun.send('POST', url(`/topics/${id}/propose`))).status).toBe(200);
    expect((await weiyun.send('POST', url(`/topics/${id}/withdraw`))).status).toBe(200);
    expect((await list(jingyi, 'stage=past')).some((one) => one.id === id)).toBe(true);
    expect((await jingyi.get(url(`/topics/${id}`))).status).toBe(200);
  });
});
