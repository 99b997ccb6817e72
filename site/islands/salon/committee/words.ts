import type { TrackStep } from '../../kit/Track.tsx';
import { clockOf } from '../../kit/time.ts';
import { linesOf } from '../topics/steps.ts';
import type { Committee, Election, Nominee } from './read.ts';

/** How the committee, its elections and its ballots are put into words. */

/** 选题委员会补选：选 1 名委员 */
export const electionTitle = ({ title, places }: Election): string =>
  `${title}：选 ${places} 名委员`;

const WHY: Readonly<Record<Election['kind'], string>> = {
  first: '试行阶段结束了，由各席位选出第一届选题委员会。',
  full: '评价到期时委员不足 2 人，不作评价，直接换届。',
  by: '有委员离任，补选空出的位子；任期随这一届。',
  again: '上一次没有选成，再选一次。',
};

export const whyElection = ({ kind }: Election, { history }: Committee): string =>
  kind === 'again' && history[0]?.ended === '罢免'
    ? '有效性评价中反对的超过实到的 60%，委员会重新选举。'
    : WHY[kind];

const ANSWERS: Readonly<Record<Nominee['state'], string>> = {
  asked: '等本人答复',
  accepted: '已接受',
  declined: '不参选',
};

/** @param of the election: once names are no longer taken, nobody is waited for */
export const answerInWords = (answer: Nominee['state'], of: Election['state']): string =>
  answer === 'asked' && of === 'ready' ? '没有答复' : ANSWERS[answer];

type BallotRow = Committee['ballots'][number];

/** What came of a ballot, in a word. */
export function outcomeOf({ state, kind, recalled }: BallotRow): string {
  if (state === 'void') return '作废';
  if (state !== 'decided') return '正在进行';
  if (kind === 'election') return '结果已公布';
  return recalled ? '重新选举' : '继续履职';
}

function takingUntil(state: Election['state'], until: string | null): readonly string[] {
  if (until) return linesOf(until, ` ${clockOf(until)} 止`);
  if (state === 'extended') return ['会上投票前止'];
  return state === 'nominating' ? ['排定下一期后', '定截止时间'] : ['已截止'];
}

/** Taking names, the vote at a session, and its result. */
export function stepsOfElection({ state, until, session, tied }: Election): TrackStep[] {
  const named = state === 'nominating' || state === 'extended';
  const taking = takingUntil(state, until);
  const voting = session
    ? [`第 ${session.number} 期沙龙`, ...linesOf(session.day, '')]
    : ['下一期沙龙'];
  return [
    {
      name: state === 'extended' ? '提名（延长）' : '提名',
      state: named ? 'now' : 'done',
      when: taking,
    },
    {
      name: tied.length > 0 ? '加投' : '投票',
      state: named ? 'coming' : 'now',
      when: voting,
    },
    { name: '结果', state: 'coming', when: ['投票结束', '当场公布'] },
  ];
}
