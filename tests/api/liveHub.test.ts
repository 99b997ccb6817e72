import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLive, type News, PACE_MS, paceOf } from '../../api/core/live.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function listener() {
  const heard: News[] = [];
  let ended = 0;
  const one = {
    changed: (news: News) => {
      heard.push(news);
    },
    end: () => {
      ended += 1;
    },
  };
  return { one, heard, ended: () => ended };
}

describe('one salon', () => {
  it('pushes the first change at once', () => {
    const live = createLive('run');
    const { one, heard } = listener();
    live.subscribe('a', one);
    live.changed('a');
    expect(heard).toEqual([{ version: 'run.1', spread: 800 }]);
  });

  it('makes one push a second of 3,045 changes in a minute, and loses not the last', () => {
    const live = createLive('run');
    const { one, heard } = listener();
    live.subscribe('a', one);
    for (let vote = 0; vote < 3045; vote += 1) {
      live.changed('a');
      vi.advanceTimersByTime(20);
    }
    vi.runAllTimers();
    // 3,045 × 20 ms are 60.9 s: one at the start, 60 on the way, the last.
    expect(heard).toHaveLength(62);
    expect(heard.at(-1)).toEqual(live.news('a'));
    expect(heard.at(-1)?.version).toBe('run.3045');
  });

  it('pushes nothing when nothing changed since the last push', () => {
    const live = createLive('run');
    const { one, heard } = listener();
    live.subscribe('a', one);
    live.changed('a');
    vi.advanceTimersByTime(10 * PACE_MS);
    expect(heard).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
    live.changed('a');
    expect(heard).toHaveLength(2);
  });

  it('lets more listeners hear less often, and ask over a longer time', () => {
    expect([1, 40, 200].map(paceOf)).toEqual([PACE_MS, PACE_MS, PACE_MS]);
    expect(paceOf(201)).toBe(1005);
    const live = createLive('run');
    const first = listener();
    live.subscribe('a', first.one);
    for (let one = 1; one < 3045; one += 1) live.subscribe('a', listener().one);
    live.changed('a');
    live.changed('a');
    vi.advanceTimersByTime(15_224);
    expect(first.heard).toEqual([{ version: 'run.1', spread: 12_180 }]);
    vi.advanceTimersByTime(1);
    expect(first.heard.map(({ version }) => version)).toEqual(['run.1', 'run.2']);
  });
});

describe('subscriptions', () => {
  it('hear of their own salon only', () => {
    const live = createLive('run');
    const [a, b] = [listener(), listener()];
    live.subscribe('a', a.one);
    live.subscribe('b', b.one);
    live.changed('a');
    expect([a.heard.length, b.heard.length]).toEqual([1, 0]);
    expect(live.news('b').version).toBe('run.0');
  });

  it('end when asked, twice as once', () => {
    const live = createLive('run');
    const [gone, staying] = [listener(), listener()];
    const leave = live.subscribe('a', gone.one);
    live.subscribe('a', staying.one);
    leave();
    leave();
    live.changed('a');
    expect([gone.heard.length, staying.heard.length]).toEqual([0, 1]);
    expect(live.subscribers('a')).toBe(1);
  });

  it('end when the server stops, later ones at once', () => {
    const live = createLive('run');
    const [before, after] = [listener(), listener()];
    live.subscribe('a', before.one);
    live.close();
    live.subscribe('a', after.one);
    live.changed('a');
    expect([before.ended(), after.ended()]).toEqual([1, 1]);
    expect([before.heard, after.heard]).toEqual([[], []]);
    expect(live.subscribers('a')).toBe(0);
  });
});

it('gives other versions after a restart', () => {
  expect(createLive('one').news('a')).not.toEqual(createLive('other').news('a'));
});
