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
beforeAll(async () => {
  t = await createTestApp();
  weiyun = await t.as('weiyun');
});
afterAll(() => t.close());

async function list(client: Client, query: string): Promise<Row[]> {
  const response = await client.get(url(`/topics?limit=100&${query}`));
  expect(response.status).toBe(200);
  return (await response.json()).topics;
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
