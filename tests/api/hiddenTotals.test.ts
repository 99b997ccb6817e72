import { existsSync, readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../api/core/log.ts';
import { systemContext } from '../../api/core/systemContext.ts';
import { write } from '../../api/core/write.ts';
import { tick } from '../../api/salon/scheduler.ts';
import { advance } from '../../api/salon/topics/advance.ts';
import { openServices } from '../../api/services.ts';
import { openDatabase } from '../../db/client.ts';
import { createRounds, moment, type Rounds, SECRETARIES, TIMES } from '../support/rounds.ts';
import { DEMO, type TestApp } from '../support/testApp.ts';

/** Eight topics of four seats, and the vote open. */
async function voting(): Promise<{ salon: Rounds; topics: string[] }> {
  const salon = await createRounds();
  await salon.convene();
  await salon.until(TIMES.opens);
  const topics: string[] = [];
  for (const login of [...SECRETARIES.slice(0, 4), ...SECRETARIES.slice(0, 4)]) {
    topics.push(await salon.propose(login));
  }
  await salon.until(TIMES.votes);
  return { salon, topics };
}
const three = (topics: readonly string[], from: number): string[] =>
  [0, 1, 2].map((more) => topics[(from + more) % topics.length] ?? '');

describe('before the close', () => {
  let salon: Rounds;
  let topics: string[];
  /** Votes, and so can see a choice: their own. */
  const VOTERS = SECRETARIES.slice(0, 12);
  const OBSERVERS = ['', 'admin', 'minzheng', 'xueyuan', 'peixun', 'yibao', SECRETARIES[12] ?? ''];
  beforeAll(async () => {
    ({ salon, topics } = await voting());
  });
  afterAll(() => salon.close());

  const castAll = async (shift: number): Promise<void> => {
    for (const login of VOTERS) {
      expect((await salon.vote(login, three(topics, shift))).status).toBe(200);
    }
  };

  /** What every route that reads answers to everyone who has not voted. */
  async function everyAnswer(): Promise<Map<string, string>> {
    const document = await (await salon.visitor.get('/api/openapi.json')).json();
    const declared = Object.entries(document.paths as Record<string, Record<string, unknown>>);
    const params: Readonly<Record<string, readonly string[]>> = {
      salon: [DEMO],
      month: ['now', '2026-11'],
      topic: topics.slice(0, 2),
      seat: [salon.seatOf(VOTERS[0] ?? '')],
      number: ['1'],
    };
    let paths = declared.filter(([, one]) => 'get' in one).map(([path]) => path);
    for (const [name, values] of Object.entries(params)) {
      paths = paths.flatMap((path) =>
        path.includes(`{${name}}`) ? values.map((one) => path.replace(`{${name}}`, one)) : [path],
      );
    }
    // The stream says only that something has changed; tests of it are its own. The template for
    // rosters knows of no salon, and holds the time of its making.
    const apart = /\/live$|\{|^\/roster-template/;
    const asked = paths.filter((path) => !apart.test(path));
    expect(asked.length).toBeGreaterThan(15);
    const answers = new Map<string, string>();
    for (const login of OBSERVERS) {
      const client = await clientOf(login);
      for (const path of asked) {
        const response = await client.get(`/api${path}`);
        const tag = response.headers.get('etag') ?? '';
        const text = (await response.text()).replace(/"导出时间":"[^"]+"/, '');
        const etag = path === '/me/export' ? '' : tag;
        answers.set(`${login} ${path}`, `${response.status} ${etag} ${text}`);
      }
    }
    return answers;
  }
  const clients = new Map<string, ReturnType<TestApp['as']>>();
  const clientOf = (login: string) => {
    if (!login) return Promise.resolve(salon.visitor);
    const found = clients.get(login) ?? salon.as(login);
    clients.set(login, found);
    return found;
  };

  it('no answer, export, record, notice or column differs by a choice, whoever asks', async () => {
    await castAll(0);
    const [rows, kept, seen] = [await choices(), others(), await everyAnswer()];
    await castAll(3);
    expect(await choices()).not.toEqual(rows);
    expect(others()).toEqual(kept);
    expect(await everyAnswer()).toEqual(seen);
    expect(seen.get(`minzheng /salons/${DEMO}/rounds/now`)).toMatch(/^200 /);
    expect(seen.get('admin /me/export')).toMatch(/^200 /);
  });
  const choices = async () => salon.rows('SELECT * FROM vote ORDER BY seat_id, topic_id');
  const others = () => {
    const { vote: _, ...rest } = salon.state();
    return rest;
  };

  it('no total exists in any column', () => {
    const totals = salon.rows('SELECT votes, rank FROM round_topic');
    expect(totals).toEqual(topics.map(() => ({ votes: null, rank: null })));
    expect(salon.rows('SELECT voters FROM round')).toEqual([{ voters: null }]);
  });

  it('casting leaves no record, no notice and no answer kept for a retry', async () => {
    const kept = others();
    const client = await clientOf(SECRETARIES[13] ?? '');
    const path = `/api/salons/${DEMO}/rounds/now/vote`;
    const key = { 'idempotency-key': 'a-key-of-the-page' };
    const seen = await client.send('PUT', path, { topics: three(topics, 1) }, key);
    expect(await seen.json()).toEqual({ votes: three(topics, 1), voters: 13 });
    const { audit, replay, notice, inbox } = salon.state();
    expect({ audit, replay, notice, inbox }).toEqual({
      audit: kept['audit'],
      replay: kept['replay'],
      notice: kept['notice'],
      inbox: kept['inbox'],
    });
  });

  it('the same is not so afterwards: then everyone of the table sees the totals', async () => {
    await salon.until(TIMES.closes);
    const { topics: cards } = await salon.round('minzheng');
    expect(cards.map(({ votes }) => votes)).toEqual([13, 12, 12, 1, 1, 0, 0, 0]);
  });
});

/** Where a seat’s id stands beside a topic’s, as in a row of `vote` alone: how many such pairs. */
function choicesInFile(salon: Rounds, topics: readonly string[]): { file: number; log: number } {
  const { file } = salon.services.db;
  const seats = salon.rows<{ id: string }>('SELECT id FROM seat').map(({ id }) => id);
  // Half of each is enough: a row may be overwritten in part.
  const pairs = seats.flatMap((seat) => topics.map((one) => seat.slice(-10) + one.slice(0, 10)));
  const found = (path: string): number => {
    if (!existsSync(path)) return 0;
    const bytes = readFileSync(path);
    return pairs.filter((pair) => bytes.includes(pair)).length;
  };
  return { file: found(file), log: found(`${file}-wal`) };
}

describe('after the close', () => {
  let salon: Rounds;
  let topics: string[];
  beforeEach(async () => {
    ({ salon, topics } = await voting());
    // Enough rows, moved about enough, for pages to split and to be freed.
    for (let turn = 0; turn < 3; turn += 1) {
      for (const [index, login] of SECRETARIES.entries()) {
        await salon.vote(login, three(topics, index + turn));
      }
      salon.services.db.sqlite.pragma('wal_checkpoint(PASSIVE)');
    }
  });
  afterEach(() => salon.close());

  it('no choice is in the bytes of the file or of its log', async () => {
    const before = choicesInFile(salon, topics);
    expect(before.file).toBeGreaterThanOrEqual(19 * 3);
    expect(before.log).toBeGreaterThanOrEqual(19 * 3);
    await salon.until(TIMES.closes);
    expect(salon.rows('SELECT * FROM vote')).toEqual([]);
    expect((await salon.round('minzheng')).topics.map(({ votes }) => votes)).toHaveLength(8);
    expect(choicesInFile(salon, topics)).toEqual({ file: 0, log: 0 });
  });

  it('nor after a crash between the close and the emptying of the log', async () => {
    salon.at(TIMES.closes);
    const [{ id = '' } = {}] = salon.rows<{ id: string }>('SELECT id FROM round');
    const ctx = systemContext(salon.services);
    await write(ctx, { name: 'test', input: null }, (tx) => advance(tx, ctx, id));
    expect(salon.rows('SELECT * FROM vote')).toEqual([]);
    expect(choicesInFile(salon, topics).log).toBeGreaterThan(0);
    // The next process looks at the calendar when it starts.
    const { file } = salon.services.db;
    const clock = () => moment(TIMES.closes) + 1000;
    const next = openServices({ file, production: false, log: silentLog, clock });
    await tick(next);
    next.db.close();
    expect(choicesInFile(salon, topics)).toEqual({ file: 0, log: 0 });
  });

  it('nor for longer than another connection reads from before it', async () => {
    const reader = openDatabase(salon.services.db.file);
    salon.services.db.stopWaiting();
    reader.sqlite.exec('BEGIN');
    reader.sqlite.prepare('SELECT count(*) FROM vote').get();
    await salon.until(TIMES.closes);
    expect((await salon.round('minzheng')).state).toBe('review');
    expect(choicesInFile(salon, topics)).not.toEqual({ file: 0, log: 0 });
    reader.sqlite.exec('COMMIT');
    reader.close();
    await salon.tick();
    expect(choicesInFile(salon, topics)).toEqual({ file: 0, log: 0 });
  });
});
