import { describe, expect, it } from 'vitest';
import {
  leftInWords,
  lengthInWords,
  moved,
  neighbour,
  timeLeft,
  timesOf,
} from '../../site/islands/salon/sessions/agenda.ts';
import { byTime } from '../../site/islands/salon/sessions/order.ts';
import { ringOf, shortName } from '../../site/islands/salon/sessions/ring.ts';
import { isGood, shareLeft, untilNext } from '../../site/islands/salon/sessions/screen/code.ts';
import { faultOf } from '../../site/lib/upload.ts';

const MINUTE = 60_000;
const START = '2026-11-28T07:00:00.000Z';
const at = Date.parse(START);
const item = (id: string, minutes: number) => ({ id, title: id, minutes, topicId: null });
const AGENDA = [item('a', 10), item('b', 50), item('c', 20)];

describe('an agenda', () => {
  it('tells when each item begins and when all is over', () => {
    expect(timesOf(START, AGENDA)).toEqual({
      begins: [START, '2026-11-28T07:10:00.000Z', '2026-11-28T08:00:00.000Z'],
      ends: '2026-11-28T08:20:00.000Z',
    });
    expect(timesOf(START, []).ends).toBe(START);
  });

  it.each([
    [0, '0 分钟'],
    [45, '45 分钟'],
    [60, '1 小时'],
    [150, '2 小时 30 分钟'],
  ])('%i minutes are %s', (minutes, words) => expect(lengthInWords(minutes)).toBe(words));

  it('counts down the item at hand, and past its end', () => {
    const current = { item: 'b', since: START };
    expect(timeLeft(AGENDA, current, at + 20 * MINUTE)).toBe(30 * MINUTE);
    expect(timeLeft(AGENDA, current, at + 53 * MINUTE)).toBe(-3 * MINUTE);
    expect(timeLeft(AGENDA, null, at)).toBeUndefined();
    expect(timeLeft(AGENDA, { item: 'gone', since: START }, at)).toBeUndefined();
  });

  it.each([
    [30 * MINUTE, '还有 30 分钟'],
    [MINUTE + 1, '还有 2 分钟'],
    [MINUTE, '还有 1 分钟'],
    [MINUTE - 1, '还有 60 秒'],
    [1, '还有 1 秒'],
    [0, '到时间了'],
    [1 - MINUTE, '到时间了'],
    [-MINUTE, '超时 1 分钟'],
    [-90 * MINUTE, '超时 90 分钟'],
  ])('%i ms left reads %s', (ms, words) => expect(leftInWords(ms)).toBe(words));

  it('goes back and forth, and back to none, but not past its ends', () => {
    const now = (id: string) => ({ item: id, since: START });
    expect(neighbour(AGENDA, null, 1)).toBe('a');
    expect(neighbour(AGENDA, null, -1)).toBeUndefined();
    expect(neighbour(AGENDA, now('a'), -1)).toBeNull();
    expect(neighbour(AGENDA, now('b'), 1)).toBe('c');
    expect(neighbour(AGENDA, now('c'), 1)).toBeUndefined();
    expect(neighbour([], null, 1)).toBeUndefined();
  });

  it('is put in another order a step at a time', () => {
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
  });
});

describe('the code on the screen', () => {
  const code = { code: '123456', changesAt: START, seconds: 30 };

  it('is asked for again just after it changes, and soon where that failed', () => {
    expect(untilNext(code, at - 10_000)).toBe(10_250);
    expect(untilNext(code, at)).toBe(2000);
    expect(untilNext(undefined, at)).toBe(2000);
  });

  it('is shown as long as it is accepted: twice its time', () => {
    expect(isGood(code, at + 29_999)).toBe(true);
    expect(isGood(code, at + 30_000)).toBe(false);
  });

  it('shows the share of its time that is left', () => {
    expect(shareLeft(code, at - 15_000)).toBe(0.5);
    expect(shareLeft(code, at + 5000)).toBe(0);
    expect(shareLeft(code, at - 60_000)).toBe(1);
  });
});

describe('the ring of seats', () => {
  it.each([1, 2, 3, 19, 24, 40, 60])('of %i seats: none lies on another', (count) => {
    const { seats, radius } = ringOf(count, true);
    expect(seats).toHaveLength(count);
    for (const [index, one] of seats.entries()) {
      const other = seats[(index + 1) % count];
      if (count === 1 || !other) continue;
      expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(2 * radius);
    }
  });

  it('begins at the top and goes clockwise', () => {
    const { seats } = ringOf(4, false);
    expect(seats.map(({ x, y }) => [Math.sign(x), Math.sign(y)])).toEqual([
      [0, -1],
      [1, 0],
      [0, 1],
      [-1, 0],
    ]);
  });

  it('names up to 24 communities', () => {
    expect(ringOf(24, true).named).toBe(true);
    expect(ringOf(25, true).named).toBe(false);
    expect(ringOf(24, false).named).toBe(false);
  });

  it.each([
    ['渭运社区', '渭运'],
    ['社区', '社区'],
    ['西社区', '西社区'],
    ['示例社区十九', '示例社区十九'],
    ['城关街道第三居委会', '城关街道第…'],
  ])('calls %s %s', (community, short) => expect(shortName(community)).toBe(short));
});

describe('the list of sessions', () => {
  const of = (state: 'planned' | 'open' | 'closed' | 'cancelled', month: string) => ({
    state,
    startsAt: `${month}-28T07:00:00.000Z`,
  });

  it('puts the open one first, then those to come by time, then what has been', () => {
    const [jan, dec, nov, oct] = [
      of('planned', '2027-01'),
      of('planned', '2026-12'),
      of('open', '2026-11'),
      of('cancelled', '2026-10'),
    ] as const;
    expect(byTime([jan, dec, nov, oct])).toEqual({ atHand: nov, later: [dec, jan], past: [oct] });
    expect(byTime([jan, dec, oct])).toEqual({ atHand: dec, later: [jan], past: [oct] });
    const off = of('cancelled', '2027-01');
    expect(byTime([off, dec, oct])).toEqual({ atHand: dec, later: [off], past: [oct] });
    expect(byTime([oct])).toEqual({ atHand: undefined, later: [], past: [oct] });
    expect(byTime([])).toEqual({ atHand: undefined, later: [], past: [] });
  });
});

describe('a file, before it is sent', () => {
  const MB = 1024 * 1024;
  it.each(['议程.pdf', '表.XLSX', '照片.jpeg', '照片.jpg', '汇报.pptx', '通知.docx', '图.png'])(
    '%s may be',
    (name) => expect(faultOf({ name, size: 20 * MB })).toBeUndefined(),
  );

  it.each([
    ['空.pdf', 0, '没有内容'],
    ['大.pdf', 20 * MB + 1, '最多 20 MB'],
    ['旧.doc', 1, '旧格式'],
    ['旧.wps', 1, '旧格式'],
    ['程序.exe', 1, '只接受'],
    ['没有后缀', 1, '只接受'],
    ['constructor', 1, '只接受'],
  ])('%s of %i bytes is refused: %s', (name, size, why) =>
    expect(faultOf({ name, size })).toContain(why),
  );
});
