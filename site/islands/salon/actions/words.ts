import { dayOf, daysBetween } from '../../kit/time.ts';

export const ACTION_NAMES = { todo: '待办', doing: '办理中', done: '已办结' } as const;
export type ActionState = keyof typeof ACTION_NAMES;

interface Due {
  readonly dueOn: string | null;
  readonly state: ActionState;
  readonly overdue: boolean;
}

/**
 * 逾期 3 天, 今天到期, 还有 5 天: beside the day itself. '' where nothing presses.
 * @param now a moment; whether it is overdue, the server has said
 */
export function pressing({ dueOn, state, overdue }: Due, now: string): string {
  if (dueOn === null || state === 'done') return '';
  const left = daysBetween(dayOf(now), dueOn);
  if (overdue) return `逾期 ${Math.max(1, -left)} 天`;
  return left <= 0 ? '今天到期' : `还有 ${left} 天`;
}
