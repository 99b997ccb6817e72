import type { TrackStep } from '../../kit/Track.tsx';
import { dayOfYear, momentOfYear } from '../../kit/when.ts';
import type { Round } from './read.ts';

const ORDER: readonly Round['state'][] = ['proposing', 'voting', 'review', 'decided'];

/** The round's track, with the moment from which each step is on. */
export function stepsOf(round: Round): TrackStep[] {
  const { opensAt, votingAt, closesAt, decidedAt, session } = round;
  const at = ORDER.indexOf(round.state);
  const when = [
    `${momentOfYear(opensAt)} 起`,
    `${momentOfYear(votingAt)} 起`,
    `${momentOfYear(closesAt)} 起`,
    decidedAt ? dayOfYear(decidedAt) : `${dayOfYear(session.startsAt)}开会前`,
  ];
  return ['征集', '投票', '研判', '已确定'].map((name, index) => ({
    name,
    when: when[index] ?? '',
    state: index < at ? 'done' : index === at ? 'now' : 'coming',
  }));
}
