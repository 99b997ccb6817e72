import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type Copy,
  choose,
  EMPTY,
  type Shelf,
  type Text,
} from '../../site/islands/salon/topics/copy.ts';
import {
  type Saving,
  type Server,
  TopicSaver,
} from '../../site/islands/salon/topics/TopicSaver.ts';
import { ApiProblem } from '../../site/lib/api.ts';

const text = (title: string): Text => ({ ...EMPTY, title });
const problem = (status: number, code = 'x') =>
  new ApiProblem({ code, status, title: '不行', detail: '' });

describe('which text to go on with', () => {
  const [a, b, c] = [text('甲'), text('乙'), text('丙')];
  it.each<[string, Text, Copy | undefined, string]>([
    ['nothing was kept', a, undefined, 'server'],
    ['what was kept had been saved', b, { text: a, base: a }, 'server'],
    ['what was kept arrived after all', b, { text: b, base: a }, 'server'],
    ['only this browser went on', a, { text: b, base: a }, 'kept'],
    ['both went on apart', c, { text: b, base: a }, 'ask'],
    ['a new one was never sent', EMPTY, { text: b, base: EMPTY }, 'kept'],
  ])('%s', (_, server, kept, chosen) => {
    expect(choose(server, kept)).toBe(chosen);
  });
});

/** A server that fails as told, a shelf in memory, and what the page was told. */
function setUp(start: Copy = { text: EMPTY, base: EMPTY }) {
  const kept = new Map<string, Copy>();
  const nameOf = ({ id }: Pick<Copy, 'id'>): string => id ?? 'new';
  const shelf: Shelf = {
    read: (of) => kept.get(nameOf(of)),
    keep: (copy) => kept.set(nameOf(copy), copy) !== undefined,
    drop: (of) => kept.delete(nameOf(of)),
  };
  const failures: ApiProblem[] = [];
  const begun = new Map<string, string>();
  const calls: string[] = [];
  let stored: Text | undefined;
  /** Works, and then the answer may be lost. */
  const answer = async (): Promise<void> => {
    const failure = failures.shift();
    if (failure) throw failure;
  };
  const server: Server = {
    async begin(draft, _, key) {
      calls.push(`begin ${draft.title}`);
      if (failures[0]?.status !== 422) {
        if (!begun.has(key)) stored = draft;
        begun.set(key, 'id1');
      }
      await answer();
      return 'id1';
    },
    async save(_, draft) {
      calls.push(`save ${draft.title}`);
      if (failures.length === 0) stored = draft;
      await answer();
    },
  };
  const told: Saving[] = [];
  const saver = new TopicSaver(start, shelf, server, {
    onSaving: (saving) => told.push(saving),
    onBegun: () => {},
  });
  return { saver, kept, failures, begun, calls, told, stored: () => stored };
}

describe('saving what is typed', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('keeps each stroke in the browser at once, and saves after a pause', async () => {
    const t = setUp();
    t.saver.type(text('停'));
    t.saver.type(text('停车'));
    expect(t.kept.get('new')?.text.title).toBe('停车');
    expect(t.calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(1500);
    expect(t.calls).toEqual(['begin 停车']);
    expect(t.told.at(-1)?.state).toBe('saved');
    expect(t.kept.size, 'the server has it').toBe(0);
    t.saver.type(text('停车难'));
    await vi.advanceTimersByTimeAsync(1500);
    expect(t.calls.at(-1)).toBe('save 停车难');
    expect(t.stored()?.title).toBe('停车难');
  });

  it('begins one draft though the answer was lost, and saves what was typed since', async () => {
    const t = setUp();
    t.failures.push(problem(0));
    t.saver.type(text('甲'));
    await vi.advanceTimersByTimeAsync(1500);
    expect(t.told.at(-1)).toEqual({ state: 'offline', kept: true });
    expect(t.kept.get('new')?.text.title).toBe('甲');
    t.saver.type(text('甲乙'));
    await vi.advanceTimersByTimeAsync(1500);
    expect(t.calls).toEqual(['begin 甲', 'begin 甲', 'save 甲乙']);
    expect(t.begun.size).toBe(1);
    expect(t.stored()?.title).toBe('甲乙');
    expect(t.kept.size).toBe(0);
  });

  it('goes on with that beginning after the page was closed', async () => {
    const closed = setUp();
    closed.failures.push(problem(0));
    closed.saver.type(text('甲'));
    await closed.saver.flush();
    await closed.saver.stop();
    const copy = closed.kept.get('new');
    if (!copy) throw new Error('nothing was kept');
    const opened = setUp(copy);
    await opened.saver.flush();
    expect([...opened.begun.keys()]).toEqual([...closed.begun.keys()]);
  });

  it('tries again by itself until it is connected', async () => {
    const t = setUp();
    t.failures.push(problem(0), problem(503));
    t.saver.type(text('甲'));
    await vi.advanceTimersByTimeAsync(1500 + 15_000 + 15_000);
    expect(t.calls).toHaveLength(3);
    expect(t.told.at(-1)?.state).toBe('saved');
  });

  it.each([
    ['the session has ended', problem(401, 'signIn'), 'signedOut'],
    ['it can no longer be changed', problem(409), 'refused'],
    ['something in it is too long', problem(422), 'refused'],
  ])('keeps it in the browser when %s, and does not insist', async (_, failure, state) => {
    const t = setUp({ id: 'id1', text: EMPTY, base: EMPTY });
    t.failures.push(failure);
    t.saver.type(text('甲'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(t.told.at(-1)?.state).toBe(state);
    expect(t.calls).toHaveLength(1);
    expect(t.kept.get('id1')?.text.title).toBe('甲');
  });

  it('starts a fresh draft of a text whose topic can no longer be changed', async () => {
    const t = setUp({ id: 'old', text: text('旧'), base: text('旧') });
    t.failures.push(problem(409));
    t.saver.type(text('新'));
    await vi.advanceTimersByTimeAsync(1500);
    await t.saver.startAnew();
    expect(t.calls).toEqual(['save 新', 'begin 新']);
    expect(t.saver.id).toBe('id1');
    expect(t.kept.size).toBe(0);
  });

  it('begins nothing for a page that was only opened or has been left', async () => {
    const t = setUp({ text: text('关联了案例'), base: EMPTY });
    t.saver.autosave();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(t.calls).toEqual([]);
    t.saver.type(text('删掉'));
    await t.saver.stop();
    t.saver.autosave();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(t.calls).toEqual([]);
  });
});
