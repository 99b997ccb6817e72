import { describe, expect, it } from 'vitest';
import { byDay, type Notice, seenUpTo } from '../../site/islands/notices/byDay.ts';

const notice = (seq: number, at: string, read = false): Notice => ({
  seq,
  at,
  read,
  text: '一条通知',
  link: '/salon/?salon=x',
  salon: '沙龙',
});

describe('the inbox', () => {
  it('keeps the order, and tells days apart at midnight in Shanghai', () => {
    const list = [
      notice(4, '2026-11-22T16:00:00.000Z'),
      notice(3, '2026-11-22T15:59:59.999Z'),
      notice(2, '2026-11-21T16:00:00.000Z'),
      notice(1, '2026-11-20T00:00:00.000Z'),
    ];
    expect(byDay(list).map(({ day, notices }) => [day, notices.map(({ seq }) => seq)])).toEqual([
      ['2026-11-23', [4]],
      ['2026-11-22', [3, 2]],
      ['2026-11-20', [1]],
    ]);
    expect(byDay([])).toEqual([]);
  });

  it('is seen up to the newest only when every unread one is on the page', () => {
    const list = [notice(9, '2026-11-22T00:00:00Z', true), notice(8, '2026-11-21T00:00:00Z')];
    expect(seenUpTo(list, 1)).toBe(9);
    expect(seenUpTo(list, 2)).toBeUndefined();
    expect(seenUpTo([notice(9, '2026-11-22T00:00:00Z', true)], 0)).toBeUndefined();
    expect(seenUpTo([], 0)).toBeUndefined();
  });
});
