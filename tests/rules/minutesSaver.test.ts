import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Draft, draftFrom, inputOf, newItem } from '../../site/islands/salon/minutes/draft.ts';
import { MinutesSaver, type Saving } from '../../site/islands/salon/minutes/MinutesSaver.ts';
import type { Minutes } from '../../site/islands/salon/minutes/read.ts';
import type { Copy } from '../../site/islands/salon/minutes/shelf.ts';
import { ApiProblem } from '../../site/lib/api.ts';

const problem = (status: number, code: string) =>
  new ApiProblem({ status, code, title: code, detail: '' });

/** One session's minutes at a server that can fail, and a browser that keeps. */
function place() {
  let stored: Minutes = {
    state: 'draft',
    version: 1,
    summary: '旧',
    conclusions: [],
    recorder: '',
    absences: {},
    actions: [],
    owners: [],
    absent: [],
    updatedAt: null,
    publishedAt: null,
    corrections: [],
    mayPublish: false,
  };
  const failures: Error[] = [];
  const keys: string[] = [];
  const told: Saving[] = [];
  const shelf: { copy: Copy | undefined } = { copy: undefined };
  /** `after`: it is written, and then the answer gets lost. */
  const lost: Error[] = [];
  const put = (draft: Draft): void => {
    const { actions: _, ...text } = inputOf(draft);
    stored = { ...stored, ...text, version: stored.version + 1 };
  };
  const saver = new MinutesSaver(
    stored,
    {
      read: () => shelf.copy,
      keep: (copy) => {
        shelf.copy = copy;
        return true;
      },
      drop: () => {
        shelf.copy = undefined;
      },
    },
    {
      async save(draft, version, key) {
        keys.push(key);
        const failure = failures.shift();
        if (failure) throw failure;
        if (version !== stored.version) throw problem(409, 'minutesStale');
        put(draft);
        const unanswered = lost.shift();
        if (unanswered) throw unanswered;
        return stored.version;
      },
      read: async () => stored,
    },
    (saving) => told.push(saving),
  );
  return {
    saver,
    failures,
    lost,
    keys,
    shelf,
    type: (summary: string) => saver.type({ ...saver.draft, summary }),
    other: (summary: string) => put({ ...draftFrom(stored), summary }),
    get stored() {
      return stored;
    },
    get last() {
      return told.at(-1);
    },
  };
}

let p: ReturnType<typeof place>;
beforeEach(() => {
  vi.useFakeTimers();
  p = place();
});
afterEach(() => vi.useRealTimers());

const pause = () => vi.advanceTimersByTimeAsync(2000);

describe('a draft that saves itself', () => {
  it('is kept here at once and goes to the server after a pause, once', async () => {
    p.type('新');
    p.type('新的');
    expect(p.shelf.copy?.draft.summary).toBe('新的');
    expect(p.keys).toEqual([]);
    await pause();
    expect(p.stored).toMatchObject({ summary: '新的', version: 2 });
    expect(p.keys).toHaveLength(1);
    expect(p.last?.state).toBe('saved');
    expect(p.shelf.copy).toBeUndefined();
  });

  it('tries again by itself under the same key where no answer came', async () => {
    p.failures.push(problem(0, 'offline'));
    p.type('新');
    await pause();
    expect(p.last).toEqual({ state: 'offline', kept: true });
    expect(p.shelf.copy?.draft.summary).toBe('新');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(p.stored.summary).toBe('新');
    expect(p.keys).toHaveLength(2);
    expect(new Set(p.keys).size).toBe(1);
  });

  it('knows its own text when only the answer was lost and more was typed', async () => {
    p.lost.push(problem(0, 'offline'));
    p.type('新');
    await pause();
    expect(p.last?.state).toBe('offline');
    p.type('新的');
    await pause();
    expect(p.stored.summary).toBe('新的');
    expect(p.last?.state).toBe('saved');
  });

  it('keeps here what is refused, and says why', async () => {
    const refusal = problem(409, 'minutesPublished');
    p.failures.push(refusal);
    p.type('新');
    await pause();
    expect(p.last).toEqual({ state: 'refused', kept: true, problem: refusal });
    expect(p.shelf.copy?.draft.summary).toBe('新');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(p.keys, 'not again by itself').toHaveLength(1);
  });

  it('keeps here an item that the server would not take yet', async () => {
    p.saver.type({ ...p.saver.draft, items: [{ ...newItem(), what: '没有人办' }] });
    await pause();
    expect(p.keys).toEqual([]);
    expect(p.shelf.copy?.draft.items[0]?.what).toBe('没有人办');
    expect(p.saver.isResting).toBe(false);
  });
});

describe('somebody else saved meanwhile', () => {
  beforeEach(async () => {
    p.other('别人的');
    p.type('我的');
    await pause();
  });

  it('is shown, with nothing lost or overwritten, and nothing more is sent', async () => {
    expect(p.last).toMatchObject({ state: 'stale', kept: true, theirs: { summary: '别人的' } });
    p.type('我的，接着写');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(p.stored.summary).toBe('别人的');
    expect(p.shelf.copy?.draft.summary).toBe('我的，接着写');
    expect(p.keys).toHaveLength(1);
  });

  it('can be taken', async () => {
    p.saver.take(p.stored);
    expect(p.saver.draft.summary).toBe('别人的');
    expect(p.shelf.copy).toBeUndefined();
    p.type('接着别人的');
    await pause();
    expect(p.stored.summary).toBe('接着别人的');
  });

  it('can be put over knowingly', async () => {
    await p.saver.putOver(p.stored);
    expect(p.stored.summary).toBe('我的');
    expect(p.last?.state).toBe('saved');
    expect(p.shelf.copy).toBeUndefined();
  });
});

describe('what this browser kept from before', () => {
  const kept = (version: number): Copy => ({
    version,
    draft: { ...p.saver.draft, summary: '上次没存上的' },
  });

  it('is saved where nobody wrote since', async () => {
    p.saver.restore(kept(1), p.stored);
    await pause();
    expect(p.stored.summary).toBe('上次没存上的');
  });

  it('stands beside what somebody wrote since', async () => {
    p.saver.restore(kept(0), p.stored);
    expect(p.last).toMatchObject({ state: 'stale', theirs: { summary: '旧' } });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(p.stored.summary).toBe('旧');
  });
});
