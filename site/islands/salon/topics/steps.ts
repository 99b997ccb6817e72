import type { TrackStep } from '../../kit/Track.tsx';
import { clockOf, dayOfYear } from '../../kit/time.ts';
import type { Round } from './read.ts';

const ORDER: readonly Round['state'][] = ['proposing', 'voting', 'review', 'decided'];

/** 11月17日, then 周二 08:00. */
export function linesOf(iso: string, more: string): readonly string[] {
  const [day = '', weekday = ''] = dayOfYear(iso).split(/[()]/);
  return [day, `${weekday}${more}`];
}
const begin = (iso: string): readonly string[] => linesOf(iso, ` ${clockOf(iso)}`);

/** The round's track, with the moment from which each step is on. */
export function stepsOf({ state, ...round }: Round): TrackStep[] {
  const { opensAt, votingAt, closesAt, decidedAt, session } = round;
  const at = ORDER.indexOf(state);
  const decided = decidedAt ? linesOf(decidedAt, '') : linesOf(session.startsAt, '开会前');
  const steps = [
    ['征集', begin(opensAt)],
    ['投票', begin(votingAt)],
    ['研判', begin(closesAt)],
    [at === ORDER.length - 1 && round.topics.length === 0 ? '没有议题' : '已确定', decided],
  ] as const;
  return steps.map(([name, when], index) => ({
    name,
    when,
    state: index < at ? 'done' : index === at ? 'now' : 'coming',
  }));
}
