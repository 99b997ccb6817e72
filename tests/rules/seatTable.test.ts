import { describe, expect, it } from 'vitest';
import {
  BOX,
  cut,
  layOut,
  MOST_NAMED,
  MOST_ROUND,
  nameAt,
  sizeFor,
} from '../../site/islands/salon/seats/layout.ts';
import { marksOf, type Schedule, turnsAtHand } from '../../site/islands/salon/seats/marks.ts';

const RING = Array.from({ length: MOST_ROUND - 2 }, (_, index) => index + 3);
const GRID = [41, 42, 100, 127, 128, 1000, 3045];

describe('the drawing of the seats', () => {
  it.each([...RING, ...GRID])('%i seats neither touch nor leave the box', (count) => {
    const { at, radius, height, shape } = layOut(count);
    expect(shape).toBe(count <= MOST_ROUND ? 'ring' : 'grid');
    expect(at).toHaveLength(count);
    for (const { x, y } of at) {
      expect(Math.min(x, y, BOX - x, height - y)).toBeGreaterThanOrEqual(radius);
    }
    // In order, so that each one's nearest is beside it or, in rows, below it.
    const columns = at.filter(({ y }) => y === at[0]?.y).length;
    for (const [index, { x, y }] of at.entries()) {
      const near =
        shape === 'ring' ? [at[(index + 1) % count]] : [at[index + 1], at[index + columns]];
      for (const other of near) {
        if (!other) continue;
        expect(Math.hypot(other.x - x, other.y - y)).toBeGreaterThan(2 * radius);
      }
    }
  });

  it('begins at the top and goes on to the right', () => {
    const [first, second] = layOut(19).at;
    expect(first).toMatchObject({ x: BOX / 2 });
    expect(second?.x).toBeGreaterThan(BOX / 2);
  });

  it('has a number in each seat as long as one can be read', () => {
    expect([3, 19, 40, 41, 100].map((count) => layOut(count).numbered)).not.toContain(false);
    expect(layOut(3045).numbered).toBe(false);
  });

  it.each(RING.filter((count) => count <= MOST_NAMED))(
    '%i names stay clear of each other',
    (count) => {
      const LINE = 14;
      const boxes = Array.from({ length: count }, (_, index) => {
        const { x, y, side } = nameAt(index, count);
        const width = 8 * LINE;
        const left = side === 'start' ? x : side === 'end' ? x - width : x - width / 2;
        return { left, right: left + width, y };
      });
      for (const [index, one] of boxes.entries()) {
        for (const other of boxes.slice(index + 1)) {
          const apart = one.right <= other.left || other.right <= one.left;
          expect(apart || Math.abs(one.y - other.y) >= LINE, `${index}`).toBe(true);
        }
      }
    },
  );

  it('fits a long name into the middle', () => {
    expect(sizeFor('渭运社区', 204, 12, 32)).toBe(32);
    const long = '示'.repeat(16);
    expect(sizeFor(long, 204, 12, 32) * 16).toBeLessThanOrEqual(205);
    expect(cut('一二三四五六七八九', 8)).toBe('一二三四五六七…');
    expect(cut('一二三四五六七八', 8)).toBe('一二三四五六七八');
  });
});

describe('what a seat is in the rotation', () => {
  const month = (
    at: string,
    seatId: string | null,
    state: 'current' | 'announced' = 'announced',
  ) => ({
    month: at,
    seatId,
    community: seatId,
    state,
    mayChange: true,
    number: null,
    startsAt: null,
  });
  const seat = (id: string, last: string | null) => ({ id, community: id, position: 1, last });
  const schedule: Schedule = {
    started: true,
    now: '2026-11',
    months: [month('2026-11', 'b', 'current'), month('2026-12', null), month('2027-01', 'c')],
    past: [],
    seats: [seat('a', '2026-10'), seat('b', '2026-11'), seat('c', '2025-01'), seat('d', null)],
  };

  it('counts this month before the past, and passes over a month that nobody has', () => {
    expect([...marksOf(schedule)]).toEqual([
      ['a', 'past'],
      ['b', 'now'],
      ['c', 'next'],
      ['d', 'later'],
    ]);
    expect(turnsAtHand(schedule).next?.month).toBe('2027-01');
  });

  it('marks nobody for now in a month without a chair', () => {
    const months = [month('2026-11', null, 'current'), month('2026-12', 'd')];
    expect([...marksOf({ ...schedule, months }).values()]).toEqual([
      'past',
      'past',
      'past',
      'next',
    ]);
  });
});
