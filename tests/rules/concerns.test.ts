import { describe, expect, it } from 'vitest';
import { concernsOf, type Facts } from '../../site/islands/salon/home/concerns.ts';

type Round = NonNullable<Facts['round']>;
type Page = NonNullable<Facts['pages']>[number];
type Action = NonNullable<Facts['actions']>['actions'][number];
type Swap = NonNullable<Facts['swaps']>['swaps'][number];
type Schedule = NonNullable<Facts['schedule']>;

const NOW = '2026-11-22T04:00:00.000Z';
const MY_SEAT = 'mine';
const at = (day: string): string => `${day}T12:00:00.000Z`;

const round = (given: Partial<Round>, votes: string[] = []): Round => ({
  month: '2026-12',
  state: 'voting',
  opensAt: at('2026-11-01'),
  votingAt: at('2026-11-20'),
  closesAt: at('2026-11-25'),
  session: { number: 5, startsAt: at('2026-12-28'), state: 'planned' },
  seats: 19,
  voters: 3,
  reviewer: { by: 'host', note: '' },
  votesPerSeat: 3,
  me: { seatId: MY_SEAT, community: '渭运社区', proposalsLeft: 2, votes },
  mayDecide: false,
  mayMove: false,
  motions: [],
  topics: [],
  decidedAt: null,
  decisionNote: '',
  collecting: null,
  previous: null,
  next: null,
  ...given,
});

const NOTHING = {
  convene: false,
  prepare: false,
  run: false,
  handSignIn: false,
  checkIn: false,
  draft: false,
  publish: false,
};
const session = (
  given: Partial<Page>,
  may: Partial<Page['may']> = {},
  me: boolean | null = null,
): Page => ({
  id: 's',
  month: '2026-11',
  number: 4,
  startsAt: NOW,
  place: '',
  note: '',
  state: 'open',
  chair: null,
  cancelReason: '',
  publishedAt: null,
  updatedAt: NOW,
  topics: [],
  agenda: [],
  current: null,
  readings: [],
  attachments: [],
  guests: [],
  invitation: null,
  attendance: { due: 19, present: 0, guests: 0, seats: [], me },
  openedAt: null,
  closedAt: null,
  minutes: 'none',
  round: null,
  ...given,
  may: { ...NOTHING, ...may },
});

const action = (given: Partial<Action>): Action => ({
  id: 'a',
  what: '列清单',
  unit: '渭运社区',
  mine: true,
  dueOn: '2026-12-12',
  state: 'todo',
  overdue: false,
  result: '',
  doneAt: null,
  session: { number: 3, month: '2026-10' },
  ...given,
});
const actions = (...given: Partial<Action>[]): Pick<Facts, 'actions'> => ({
  actions: {
    actions: given.map(action),
    counts: { todo: 0, doing: 0, overdue: 0, done: 0 },
    units: [],
    next: null,
  },
});

const swap = (mayAnswer: boolean): Swap => ({
  id: 'w',
  from: { seatId: 'x', community: '陕拖社区', month: '2027-01' },
  to: { seatId: MY_SEAT, community: '渭运社区', month: '2026-12' },
  message: '',
  state: 'offered',
  offeredAt: NOW,
  mayAnswer,
  mayWithdraw: false,
});

const MINE = { seatId: MY_SEAT, community: '渭运社区' };
const motion = (given: Partial<Round['motions'][number]>): Round['motions'][number] => ({
  id: 'm',
  month: '2026-12',
  topic: null,
  confirm: [],
  reason: '',
  by: MINE,
  signed: [],
  state: 'open',
  movedAt: NOW,
  settledAt: null,
  maySign: true,
  mayWithdraw: false,
  ...given,
});

type Committee = NonNullable<Facts['committee']>;
const committee = (
  mine: NonNullable<Committee['election']>['mine'],
  motions: Committee['motions'] = [],
): Committee => ({
  reviewer: { by: 'host', note: '' },
  term: null,
  election: {
    id: 'e',
    kind: 'first',
    title: '选题委员会选举',
    places: 3,
    state: 'nominating',
    calledOn: '2026-11-20',
    until: at('2026-12-01'),
    session: { number: 5, day: '2026-12-02' },
    nominees: [],
    tied: [],
    mine,
    nameable: [],
  },
  motions,
  decisions: [],
  ballots: [],
  history: [],
  mayResign: false,
});

type SessionBallots = NonNullable<Facts['ballots']>[number];
type SessionBallot = SessionBallots['ballots'][number];
const ballot = (given: Partial<SessionBallot>): SessionBallots => ({
  number: 4,
  callable: null,
  ballots: [
    {
      id: 'b',
      kind: 'evaluation',
      title: '选题有效性评价',
      runOff: 0,
      state: 'taking',
      fingerprint: '',
      secondId: null,
      attending: 3,
      taken: 0,
      declined: 0,
      announcedAt: null,
      mayCloseAt: null,
      castFrom: null,
      castUntil: null,
      voidReason: null,
      scrutineer: null,
      waiting: null,
      absent: null,
      mine: { seatId: MY_SEAT, signedIn: true, taken: false, declined: false },
      mayPreside: false,
      ...given,
    },
  ],
});

const turn = (
  month: string,
  state: Schedule['months'][number]['state'],
  number: number | null,
) => ({
  month,
  seatId: MY_SEAT,
  community: '渭运社区',
  state,
  number,
  mayChange: true,
  startsAt: number === null ? null : at('2026-12-28'),
});
const schedule = (...months: Schedule['months']): Schedule => ({
  started: true,
  now: '2026-11',
  months,
  past: [],
  seats: [],
});

const lines = (facts: Facts): string[] =>
  concernsOf(facts, { seat: MY_SEAT, now: NOW }).map(
    ({ verb, path, pressing }) => `${verb} ${path} ${pressing}`,
  );

describe('what concerns a member now', () => {
  it('is nothing where nothing is known', () => {
    expect(lines({})).toEqual([]);
  });

  it('puts the check-in first, then what is over or near, then turns, then the rest', () => {
    const facts: Facts = {
      round: round({}, ['t']),
      pages: [session({}, { checkIn: true }, false)],
      swaps: { swaps: [swap(true)], mine: [], leaves: [] },
      schedule: schedule(turn('2026-12', 'announced', 5)),
      ...actions({ id: 'late', overdue: true, dueOn: '2026-11-20' }, {}),
      unread: 3,
    };
    expect(lines(facts)).toEqual([
      '签到 sessions/4/ now',
      '办理 actions/late/ soon',
      '答复 seats/ soon',
      '办理 actions/a/ turn',
      '准备会议 sessions/5/ turn',
      '修改投票 topics/?month=2026-12 open',
      '看通知 /inbox/ open',
    ]);
  });

  it.each<[string, Partial<Round>, string[]]>([
    [
      'proposing, far',
      { state: 'proposing', votingAt: at('2026-12-04') },
      ['提出议题 topics/new/ turn'],
    ],
    [
      'proposing, near',
      { state: 'proposing', votingAt: at('2026-11-24') },
      ['提出议题 topics/new/ soon'],
    ],
    [
      'voting, three days left',
      { closesAt: at('2026-11-25') },
      ['投票 topics/?month=2026-12 soon'],
    ],
    ['voting, four days left', { closesAt: at('2026-11-26') }, ['投票 topics/?month=2026-12 turn']],
    [
      'review, by the host',
      { state: 'review', me: null, mayDecide: true },
      ['确定议题 topics/?month=2026-12 soon'],
    ],
    ['review, by another', { state: 'review', me: null }, []],
    [
      'review, by my committee',
      { state: 'review', mayMove: true },
      ['提出动议 topics/?month=2026-12 soon'],
    ],
    ['review, already moved', { state: 'review', mayMove: true, motions: [motion({})] }, []],
    [
      'review, the motion withdrawn',
      { state: 'review', mayMove: true, motions: [motion({ state: 'withdrawn' })] },
      ['提出动议 topics/?month=2026-12 soon'],
    ],
    ['voting, for the host', { me: null }, []],
    ['waiting', { state: 'waiting' }, []],
    ['decided', { state: 'decided' }, []],
  ])('of a round: %s', (_, given, expected) => {
    expect(lines({ round: round(given) })).toEqual(expected);
  });

  it.each([
    ['asked', { state: 'asked', mayName: true, mayAnswer: true }, ['答复提名 committee/ soon']],
    ['asked too late', { state: 'asked', mayName: false, mayAnswer: false }, []],
    ['not named', { state: 'none', mayName: true, mayAnswer: false }, ['提名 committee/ open']],
    ['not named in time', { state: 'none', mayName: false, mayAnswer: false }, []],
    ['accepted', { state: 'accepted', mayName: true, mayAnswer: true }, []],
    ['a host', null, []],
  ] as const)('of an election: %s', (_, mine, expected) => {
    expect(lines({ committee: committee(mine) })).toEqual(expected);
  });

  it.each([
    ['elected today', '2026-11-22', null, ['看怎么定 committee/ turn']],
    ['elected 29 days ago', '2026-10-24', null, ['看怎么定 committee/ turn']],
    ['elected 30 days ago', '2026-10-23', null, []],
    ['elected and gone again', '2026-11-22', '2026-11-22', []],
  ])('tells a member what the office is: %s', (_, since, until, expected) => {
    const mine = { seatId: MY_SEAT, community: '渭运社区', secretary: '', since, until, ended: '' };
    const term = { beganOn: since, members: [mine], evaluationDueOn: null, vacancies: 2 };
    expect(lines({ committee: { ...committee(null), term } })).toEqual(expected);
    const others = { ...term, members: [{ ...mine, seatId: 'another' }] };
    expect(lines({ committee: { ...committee(null), term: others } })).toEqual([]);
  });

  it('asks a member to sign only what they may', () => {
    const motions = [motion({}), motion({ maySign: false })];
    expect(lines({ committee: committee(null, motions) })).toEqual(['看动议 committee/ soon']);
  });

  it.each([
    ['signed in', {}, ['领取选票 sessions/4/ now']],
    [
      'not signed in',
      { mine: { seatId: MY_SEAT, signedIn: false, taken: false, declined: false } },
      ['表决签到 sessions/4/ now'],
    ],
    ['taken', { mine: { seatId: MY_SEAT, signedIn: true, taken: true, declined: false } }, []],
    ['declined', { mine: { seatId: MY_SEAT, signedIn: true, taken: false, declined: true } }, []],
    ['no seat', { mine: null }, []],
    // Who has cast, nobody may know: nobody is reminded.
    ['casting', { state: 'casting' }, []],
    ['over', { state: 'decided' }, []],
  ] as const)('of a ballot: %s', (_, given, expected) => {
    expect(lines({ ballots: [ballot(given)] })).toEqual(expected);
  });

  it('leads whoever holds a paper in this browser to cast it, and nobody else', () => {
    const casting = ballot({ state: 'casting' });
    expect(lines({ ballots: [casting], uncast: ['b'] })).toEqual(['去投票 sessions/4/ now']);
    expect(lines({ ballots: [casting], uncast: ['other'] })).toEqual([]);
  });

  it.each([
    ['whoever may call it', { mayCall: true }, ['开始表决 sessions/4/ soon']],
    ['the others', { mayCall: false }, ['看会议 sessions/4/ open']],
    ['nobody while something hinders it', { hindrance: '还不行', mayCall: true }, []],
  ])('says what is to be voted on today to %s', (_, given, expected) => {
    const due = { kind: 'election' as const, title: '选题委员会选举', scrutineers: null };
    const callable = { ...due, hindrance: '', ...given };
    expect(lines({ ballots: [{ number: 4, callable, ballots: [] }] })).toEqual(expected);
  });

  it('says that the next round collects topics meanwhile', () => {
    const collecting = (until: string) => ({ month: '2027-01', until: at(until) });
    const voted = (until: string) =>
      lines({ round: round({ collecting: collecting(until) }, ['t']) });
    expect(voted('2026-12-04')).toEqual([
      '修改投票 topics/?month=2026-12 open',
      '提出议题 topics/new/ open',
    ]);
    expect(voted('2026-11-25')[0]).toBe('提出议题 topics/new/ turn');
  });

  it('has nothing to propose when the proposals are used up', () => {
    const me = { seatId: MY_SEAT, community: '渭运社区', proposalsLeft: 0, votes: [] };
    expect(lines({ round: round({ state: 'proposing', me }) })).toEqual([]);
  });

  it.each([
    [
      'who runs it and has not signed in',
      session({}, { run: true, checkIn: true }, false),
      ['签到', '主持'],
    ],
    ['who runs it and has signed in', session({}, { run: true, checkIn: true }, true), ['主持']],
    ['who is there', session({}, { checkIn: true }, true), ['看议程']],
    ['who only looks on', session({}), ['看议程']],
    ['before it opens, who runs it', session({ state: 'planned' }, { run: true }), ['开始签到']],
    ['before it opens, anybody', session({ state: 'planned' }), ['看议程']],
    ['on another day', session({ state: 'planned', startsAt: at('2026-11-23') }), []],
    ['cancelled', session({ state: 'cancelled' }), []],
  ])('of a session today: %s', (_, page, verbs) => {
    expect(
      concernsOf({ pages: [page] }, { seat: MY_SEAT, now: NOW }).map(({ verb }) => verb),
    ).toEqual(verbs);
  });

  it.each([
    ['none', { draft: true }, ['起草纪要 sessions/4/minutes/ soon']],
    ['none', {}, []],
    ['draft', { draft: true, publish: true }, ['接着起草 sessions/4/minutes/ soon']],
    ['submitted', { draft: true, publish: true }, ['公布 sessions/4/minutes/ soon']],
    ['submitted', { draft: true }, []],
    ['published', { draft: true, publish: true }, []],
  ] as const)('of minutes that are %s, with %o', (minutes, may, expected) => {
    expect(lines({ pages: [session({ state: 'closed', minutes }, may)] })).toEqual(expected);
  });

  it('says my month until its session begins, and no month that is only expected', () => {
    const mine = (month: string, state: 'current' | 'announced' | 'expected') =>
      lines({ schedule: schedule(turn(month, state, null)) });
    expect(mine('2026-11', 'current')).toEqual(['看排期 seats/ turn']);
    expect(mine('2027-01', 'announced')).toEqual(['看排期 seats/ open']);
    expect(mine('2027-02', 'expected')).toEqual([]);
    const row = { ...session({ state: 'open' }), topics: [] };
    const sessions = { sessions: [row], mayConvene: false, next: null };
    expect(lines({ sessions, schedule: schedule(turn('2026-11', 'current', 4)) })).toEqual([]);
  });

  it('leaves out what somebody else must answer and what is done', () => {
    expect(lines({ swaps: { swaps: [swap(false)], mine: [], leaves: [] } })).toEqual([]);
    expect(lines(actions({ state: 'done' }))).toEqual([]);
    expect(lines({ unread: 0 })).toEqual([]);
  });

  it('asks the host for the first session', () => {
    const sessions = { sessions: [], mayConvene: true, next: null };
    expect(lines({ sessions })).toEqual(['安排会议 sessions/ soon']);
  });

  it('asks the host to decide what members reported', () => {
    const report = {
      ...{ id: 'r', thread: 't', title: '楼道里的电动车', n: 5, unit: '第七社区', html: '' },
      ...{ reason: '写到了私事', reporter: '张书记', at: NOW },
    };
    expect(lines({ reports: { reports: [] } })).toEqual([]);
    expect(lines({ reports: { reports: [report] } })).toEqual(['处理举报 /forum/reports/ soon']);
  });
});
