import type { z } from 'zod';
import type { reportList } from '../../../../api/forum/contract.ts';
import type { sessionBallots } from '../../../../api/salon/ballots/contract.ts';
import type { committeePage } from '../../../../api/salon/committee/contract.ts';
import type { actionList } from '../../../../api/salon/minutes/contract.ts';
import type { swapList } from '../../../../api/salon/rotation/contract.ts';
import type { sessionList, sessionPage } from '../../../../api/salon/sessions/contract.ts';
import type { roundPage } from '../../../../api/salon/topics/contract.ts';
import { daysBetween, monthInWords } from '../../kit/time.ts';
import { memberIn } from '../committee/members.ts';
import type { Schedule } from '../seats/marks.ts';

type Page = z.infer<typeof sessionPage>;
type Ballots = z.infer<typeof sessionBallots>;
type Ballot = Ballots['ballots'][number];
type Callable = NonNullable<Ballots['callable']>;

/** What the server says; undefined where it could not be asked or does not concern me. */
export interface Facts {
  readonly round?: z.infer<typeof roundPage> | undefined;
  readonly sessions?: z.infer<typeof sessionList> | undefined;
  /** The sessions that something may be due for, as I may see them. */
  readonly pages?: readonly Page[] | undefined;
  readonly schedule?: Schedule | undefined;
  readonly swaps?: z.infer<typeof swapList> | undefined;
  readonly committee?: z.infer<typeof committeePage> | undefined;
  /** Of the sessions that go on, by their number. */
  readonly ballots?: readonly (z.infer<typeof sessionBallots> & { number: number })[] | undefined;
  /** Ballots of which this browser holds a paper that is not cast. */
  readonly uncast?: readonly string[] | undefined;
  /** Mine that are open. */
  readonly actions?: z.infer<typeof actionList> | undefined;
  readonly unread?: number | undefined;
  /** Posts that members reported, for the hosts to decide. */
  readonly reports?: z.infer<typeof reportList> | undefined;
}

/**
 * How much it presses: somebody waits this minute; a day is over or near; it is my turn; it can be
 * changed or read.
 */
export type Pressing = 'now' | 'soon' | 'turn' | 'open';
const ORDER: readonly Pressing[] = ['now', 'soon', 'turn', 'open'];

export interface Concern {
  /** What it is about, in one line. */
  readonly what: string;
  /** On its button. */
  readonly verb: string;
  readonly path: string;
  /** A moment or a day, and what happens then. */
  readonly date?: string | undefined;
  readonly dateIs?: '截止' | '开始' | '应于' | undefined;
  readonly pressing: Pressing;
}

interface Asker {
  /** My seat. */
  readonly seat: string | undefined;
  /** The moment it is. */
  readonly now: string;
}

const SOON_DAYS = 3;

/** What concerns me now, the most urgent first. */
export function concernsOf(facts: Facts, asker: Asker): Concern[] {
  const all = [
    ...ballotConcerns(facts),
    ...sessionConcerns(facts, asker),
    ...minutesConcerns(facts),
    ...roundConcerns(facts, asker),
    ...committeeConcerns(facts, asker),
    ...swapConcerns(facts),
    ...actionConcerns(facts, asker),
    ...chairConcerns(facts, asker),
    ...reportConcerns(facts),
    ...noticeConcerns(facts),
  ];
  const rank = ({ pressing }: Concern): number => ORDER.indexOf(pressing);
  // Of equally pressing ones the earlier date first; those without a date come last.
  const when = ({ date }: Concern): string => date ?? '9999';
  return all.sort((a, b) => rank(a) - rank(b) || (when(a) < when(b) ? -1 : 1));
}

const sessionPath = (number: number | null): string =>
  number === null ? 'sessions/' : `sessions/${number}/`;
const nameOf = (number: number | null): string =>
  number === null ? '这一期沙龙' : `第 ${number} 期沙龙`;

function sessionConcerns({ pages = [], sessions }: Facts, { now }: Asker): Concern[] {
  const concerns = pages.flatMap((page) => atSession(page, now));
  if (sessions?.mayConvene) {
    const what = '还没有安排会议，轮值和选题都从第一期开始';
    concerns.push({ what, verb: '安排会议', path: 'sessions/', pressing: 'soon' });
  }
  return concerns;
}

/** Of a session that goes on or is today; who runs it may have to check in as well. */
function atSession({ number, startsAt, state, attendance, may }: Page, now: string): Concern[] {
  const common = { path: sessionPath(number), date: startsAt, dateIs: '开始' } as const;
  const name = nameOf(number);
  if (state === 'planned' && daysBetween(now, startsAt) === 0) {
    const verb = may.run ? '开始签到' : '看议程';
    return [{ ...common, what: `今天开会：${name}`, verb, pressing: 'now' }];
  }
  if (state !== 'open') return [];
  const what = `${name}正在进行`;
  const due: Concern[] = [];
  if (may.checkIn && attendance.me === false) {
    due.push({ ...common, what: `${name}正在签到`, verb: '签到', pressing: 'now' });
  }
  if (may.run) due.push({ ...common, what, verb: '主持', pressing: 'now' });
  return due.length > 0 ? due : [{ ...common, what, verb: '看议程', pressing: 'soon' }];
}

const minutesConcerns = ({ pages = [] }: Facts): Concern[] =>
  pages.flatMap(({ number, state, minutes, may }) => {
    const path = `${sessionPath(number)}minutes/`;
    if (state !== 'closed' || number === null) return [];
    if (minutes === 'submitted' && may.publish) {
      return { what: `第 ${number} 期纪要已起草好`, verb: '公布', path, pressing: 'soon' };
    }
    if (minutes === 'none' && may.draft) {
      return {
        what: `第 ${number} 期已结束，还没有纪要`,
        verb: '起草纪要',
        path,
        pressing: 'soon',
      };
    }
    if (minutes === 'draft' && may.draft) {
      return { what: `第 ${number} 期纪要还是草稿`, verb: '接着起草', path, pressing: 'soon' };
    }
    return [];
  });

function roundConcerns({ round }: Facts, { now }: Asker): Concern[] {
  if (!round) return [];
  const { month, state, me, votingAt, closesAt, session, collecting } = round;
  const path = `topics/?month=${month}`;
  const about = monthInWords(month);
  if (state === 'review' && round.mayDecide) {
    const what = `${about}的投票已截止，等您综合研判`;
    const date = session.startsAt;
    return [{ what, verb: '确定议题', path, date, dateIs: '开始', pressing: 'soon' }];
  }
  if (state === 'review' && round.mayMove && round.motions.every((one) => one.state !== 'open')) {
    const what = `${about}的投票已截止，等委员定议题`;
    const date = session.startsAt;
    return [{ what, verb: '提出动议', path, date, dateIs: '开始', pressing: 'soon' }];
  }
  if (!me) return [];
  const near = (until: string): boolean => daysBetween(now, until) <= SOON_DAYS;
  const due: Concern[] = [];
  if (state === 'voting') {
    const voted = me.votes.length > 0;
    due.push({
      what: voted ? `${about}的议题：已投 ${me.votes.length} 票` : `${about}的议题，您还没有投票`,
      verb: voted ? '修改投票' : '投票',
      path,
      date: closesAt,
      dateIs: '截止',
      pressing: voted ? 'open' : near(closesAt) ? 'soon' : 'turn',
    });
  }
  if (state === 'proposing' && me.proposalsLeft > 0) {
    due.push({
      what: `${about}的议题正在征集，您还能提 ${me.proposalsLeft} 个`,
      verb: '提出议题',
      path: 'topics/new/',
      date: votingAt,
      dateIs: '截止',
      pressing: near(votingAt) ? 'soon' : 'turn',
    });
  }
  if (collecting) {
    due.push({
      what: `${monthInWords(collecting.month)}的议题正在征集`,
      verb: '提出议题',
      path: 'topics/new/',
      date: collecting.until,
      dateIs: '截止',
      pressing: near(collecting.until) ? 'turn' : 'open',
    });
  }
  return due;
}

/** A ballot is taken while its sign-in is open; whether it is cast, nobody else knows. */
function ballotConcerns({ ballots = [], uncast = [] }: Facts): Concern[] {
  return ballots.flatMap(({ number, ballots: all, callable }) => {
    const path = sessionPath(number);
    const due = callable && callable.hindrance === '' ? [called(callable, path)] : [];
    return [...due, ...all.flatMap((one) => atBallot(one, uncast.includes(one.id), path) ?? [])];
  });
}

/** What is to be voted on today, before it is called. */
const called = ({ title, mayCall }: Callable, path: string): Concern =>
  mayCall
    ? { what: `今天要办：${title}`, verb: '开始表决', path, pressing: 'soon' }
    : { what: `今天要办：${title}`, verb: '看会议', path, pressing: 'open' };

/** @param uncast this browser holds a paper of it: nobody else can know whether it is cast */
function atBallot(
  { title, state, mine }: Ballot,
  uncast: boolean,
  path: string,
): Concern | undefined {
  if (state === 'casting' && uncast) {
    return { what: `正在投票：${title}`, verb: '去投票', path, pressing: 'now' };
  }
  if (state !== 'taking' || !mine || mine.taken || mine.declined) return undefined;
  const verb = mine.signedIn ? '领取选票' : '表决签到';
  return { what: `正在表决：${title}`, verb, path, pressing: 'now' };
}

/** So long is someone new to the committee: about a round. */
const NEW_MEMBER_DAYS = 30;

function committeeConcerns({ committee }: Facts, { seat, now }: Asker): Concern[] {
  const due: Concern[] = [];
  const since = committee && memberIn(committee, seat)?.since;
  if (since && daysBetween(since, now) < NEW_MEMBER_DAYS) {
    const what = '您当选了选题委员会委员，和其他委员一起定议题';
    due.push({ what, verb: '看怎么定', path: 'committee/', pressing: 'turn' });
  }
  const { mine, until, title } = committee?.election ?? {};
  const by = { path: 'committee/', ...(until && { date: until, dateIs: '截止' as const }) };
  if (mine?.state === 'asked' && mine.mayAnswer) {
    const what = '您被提名为选题委员会委员';
    due.push({ ...by, what, verb: '答复提名', pressing: 'soon' });
  } else if (mine?.state === 'none' && mine.mayName) {
    due.push({ ...by, what: `${title}，正在提名`, verb: '提名', pressing: 'open' });
  }
  const unsigned = committee?.motions.filter(({ maySign }) => maySign) ?? [];
  for (const { topic, month } of unsigned) {
    const about = topic ? `不采用“${topic.title}”` : `${month ? monthInWords(month) : ''}的议题`;
    due.push({
      what: `委员的动议等您签署：${about}`,
      verb: '看动议',
      path: 'committee/',
      pressing: 'soon',
    });
  }
  return due;
}

const swapConcerns = ({ swaps }: Facts): Concern[] =>
  (swaps?.swaps ?? [])
    .filter(({ mayAnswer }) => mayAnswer)
    .map(({ from, to }) => ({
      what: `${from.community}想和您调换：${monthInWords(from.month)}换${monthInWords(to.month)}`,
      verb: '答复',
      path: 'seats/',
      pressing: 'soon',
    }));

const actionConcerns = ({ actions }: Facts, { now }: Asker): Concern[] =>
  (actions?.actions ?? [])
    .filter(({ state }) => state !== 'done')
    .map(({ id, what, dueOn, overdue }) => ({
      what: overdue ? `待办已逾期：${what}` : `待办：${what}`,
      verb: '办理',
      path: `actions/${id}/`,
      date: dueOn ?? undefined,
      dateIs: dueOn ? (overdue ? '应于' : '截止') : undefined,
      pressing: overdue || (dueOn && daysBetween(now, dueOn) <= SOON_DAYS) ? 'soon' : 'turn',
    }));

/** The first month that is mine, unless its session is already under way or over. */
function chairConcerns({ schedule, sessions }: Facts, { seat }: Asker): Concern[] {
  if (!schedule?.started || seat === undefined) return [];
  const mine = schedule.months.find((row) => row.seatId === seat && row.state !== 'expected');
  if (!mine) return [];
  const held = sessions?.sessions.find(({ month }) => month === mine.month);
  if (held && held.state !== 'planned') return [];
  const isNow = mine.month === schedule.now;
  const what = `${isNow ? '本月' : monthInWords(mine.month)}由您担任轮值主席`;
  return mine.number === null
    ? [{ what, verb: '看排期', path: 'seats/', pressing: isNow ? 'turn' : 'open' }]
    : [
        {
          what,
          verb: '准备会议',
          path: sessionPath(mine.number),
          date: mine.startsAt ?? undefined,
          dateIs: '开始',
          pressing: 'turn',
        },
      ];
}

function reportConcerns({ reports }: Facts): Concern[] {
  const waiting = reports?.reports.length ?? 0;
  if (waiting === 0) return [];
  const what = `交流区有 ${waiting} 条举报等您处理`;
  return [{ what, verb: '处理举报', path: '/forum/reports/', pressing: 'soon' }];
}

const noticeConcerns = ({ unread = 0 }: Facts): Concern[] =>
  unread > 0
    ? [{ what: `有 ${unread} 条通知没有看`, verb: '看通知', path: '/inbox/', pressing: 'open' }]
    : [];
