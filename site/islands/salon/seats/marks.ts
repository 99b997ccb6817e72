import type { z } from 'zod';
import type { monthRow, schedule } from '../../../../api/salon/rotation/contract.ts';

export type Schedule = z.infer<typeof schedule>;
export type MonthRow = z.infer<typeof monthRow>;
/** What a seat is in the rotation. */
export type Mark = 'now' | 'next' | 'past' | 'later';

export const MARK_NAMES: Readonly<Record<Mark, string>> = {
  now: '本月轮值',
  next: '下一位',
  past: '已轮值',
  later: '还没轮到',
};

/** The turn of this month, and the first after it that somebody has. */
export function turnsAtHand({ months, now }: Schedule): {
  readonly current: MonthRow | undefined;
  readonly next: MonthRow | undefined;
} {
  const taken = months.filter(({ seatId }) => seatId !== null);
  return {
    current: taken.find(({ month }) => month === now),
    next: taken.find(({ month }) => month > now),
  };
}

/** @returns by seat; the present month comes before all else */
export function marksOf(schedule: Schedule): ReadonlyMap<string, Mark> {
  const { current, next } = turnsAtHand(schedule);
  return new Map(
    schedule.seats.map(({ id, last }) => {
      if (id === current?.seatId) return [id, 'now'];
      if (id === next?.seatId) return [id, 'next'];
      return [id, last === null ? 'later' : 'past'];
    }),
  );
}
