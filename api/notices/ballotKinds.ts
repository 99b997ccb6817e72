import { kind, ROOM } from './kind.ts';

interface Ballot {
  readonly ballot: string;
  /** Of its session. */
  readonly number: number;
  readonly title: string;
}
const ballotLink = ({ ballot }: Ballot): string => `ballots/${ballot}/`;

/** Of the ballots at a session; numbers only once they are published. */
export const BALLOT_KINDS = {
  'ballot.called': kind<Ballot>(
    '选题委员会',
    ballotLink,
    ({ number, title }) =>
      `第 ${number} 期沙龙：${title}开始表决签到和领票。请用投票时要用的那台手机、那个浏览器领票。`,
    ROOM,
  ),
  'ballot.closing': kind<Ballot>(
    '选题委员会',
    ballotLink,
    ({ title }) => `${title}：签到和领票就要截止，您还没有领票。`,
  ),
  'ballot.casting': kind<Ballot>(
    '选题委员会',
    ballotLink,
    ({ title }) => `${title}：领票已截止，可以投票了。请用领票时的那台手机、那个浏览器投票。`,
  ),
  'ballot.void': kind<Ballot & { reason: string }>(
    '选题委员会',
    ballotLink,
    ({ title, reason }) => `${title}没有结果：${reason}`,
    ROOM,
  ),
  'evaluation.decided': kind<Ballot & { attending: number; against: number; recalled: boolean }>(
    '选题委员会',
    ballotLink,
    ({ title, attending, against, recalled }) =>
      `${title}已公示：实到 ${attending}，反对 ${against}，${recalled ? '超过 60%，选题委员会重新选举' : '没有超过 60%，选题委员会继续履职'}。`,
    ROOM,
  ),
} as const;
