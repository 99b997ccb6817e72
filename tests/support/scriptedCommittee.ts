import type { Page } from '@playwright/test';
import type { z } from 'zod';
import type { ballotPage } from '../../api/salon/ballots/contract.ts';
import type { committeePage } from '../../api/salon/committee/contract.ts';
import type { roundPage } from '../../api/salon/topics/contract.ts';
import { DEMO_SALON } from '../../db/demo/fuping.ts';
import { SESSION, scriptBallot } from './scriptedBallot.ts';

/**
 * States of the committee and of ballots that the demo does not stand in, by answers in the
 * server's place: the stories share one database, in which an election comes once in six months.
 */

type Committee = z.infer<typeof committeePage>;
type Ballot = z.infer<typeof ballotPage>;

const seat = (number: number, community: string) => ({
  seatId: `seat${number}`.padEnd(20, '0'),
  community,
});
const WEIYUN = seat(2, '渭运社区');
const SHANTUO = seat(3, '陕拖社区');
const JINGYI = seat(1, '景怡社区');
const FOURTH = seat(4, '第四社区');
const FIFTH = seat(5, '第五社区');
const MEMBERS = [WEIYUN, SHANTUO, FOURTH];

const member = (one: { seatId: string; community: string }, secretary: string) => ({
  ...one,
  secretary,
  since: '2026-06-30',
  until: null,
  ended: '',
});

const topic = (number: number, title: string) => ({ id: `topic${number}`.padEnd(20, '0'), title });
const PARKING = topic(1, '老旧小区停车，先来后到还是轮着来');
const LIFTS = topic(2, '加装电梯，低层住户不同意怎么办');

const TODAY = new Date().toISOString().slice(0, 10);

const ELECTED = 'elected0000000000000';
const EVALUATED = 'evaluated00000000000';

const BASE: Committee = {
  reviewer: { by: 'host', note: '试行阶段，由主办单位综合研判' },
  term: null,
  election: null,
  motions: [],
  decisions: [],
  ballots: [],
  history: [],
  mayResign: false,
};

const DECISIONS: Committee['decisions'] = [
  {
    month: '2026-11',
    by: 'committee',
    topics: [PARKING, LIFTS],
    note: '两个议题都牵涉业主大会，放在一期里谈，可以请住建局一次讲清楚。',
    signed: [WEIYUN.community, SHANTUO.community],
    on: '2026-11-12',
  },
  {
    month: '2026-10',
    by: 'committee',
    topics: [],
    note: '得票第一的已由民政局协调解决，本期改为回访。',
    signed: [WEIYUN.community, FOURTH.community],
    on: '2026-10-13',
  },
  {
    month: '2026-07',
    by: 'host',
    topics: [topic(3, '如何破解社区万能章')],
    note: '',
    signed: [],
    on: '2026-07-14',
  },
];

const BALLOTS: Committee['ballots'] = [
  {
    id: ELECTED,
    kind: 'election',
    title: '选题委员会选举',
    day: '2026-06-30',
    state: 'decided',
    recalled: null,
  },
];

const SITTING: Committee = {
  ...BASE,
  reviewer: { by: 'committee', note: '' },
  term: {
    beganOn: '2026-06-30',
    members: [
      member(WEIYUN, '王秀兰'),
      member(SHANTUO, '李建国'),
      {
        ...member(FIFTH, '赵明'),
        until: '2026-10-20',
        ended: '交接',
      },
    ],
    evaluationDueOn: '2026-12-30',
    vacancies: 1,
  },
  decisions: DECISIONS,
  ballots: BALLOTS,
};

const election = (mine: string): NonNullable<Committee['election']> => ({
  id: 'election000000000000',
  kind: 'first',
  title: '选题委员会选举',
  places: 3,
  state: 'nominating',
  calledOn: '2026-11-02',
  until: '2026-12-01T12:00:00.000Z',
  session: { number: 5, day: '2026-12-02' },
  nominees: [
    { ...WEIYUN, by: WEIYUN.community, state: 'accepted' },
    { ...SHANTUO, by: JINGYI.community, state: 'accepted' },
    { ...FOURTH, by: WEIYUN.community, state: 'asked' },
    { ...FIFTH, by: JINGYI.community, state: 'declined' },
  ],
  tied: [],
  mine: { state: 'none', mayName: true, mayAnswer: false },
  nameable: [{ seatId: mine, community: '本席位' }, JINGYI],
});

const electing = (mine: string): Committee => ({
  ...BASE,
  reviewer: { by: 'host', note: '选题委员会选出之前，由主办单位综合研判' },
  election: election(mine),
  decisions: DECISIONS.slice(2),
});

const motion: Committee['motions'][number] = {
  id: 'motion00000000000000',
  month: '2026-12',
  topic: null,
  confirm: [PARKING],
  reason: '得票第二，但年底前停车矛盾最集中，住建局这个月能来人。',
  by: SHANTUO,
  signed: [SHANTUO],
  state: 'open',
  movedAt: '2026-11-20T02:10:00.000Z',
  settledAt: null,
  maySign: true,
  mayWithdraw: false,
};

/** By what the committee's page shows; `mine` is the seat of whoever is signed in. */
export const COMMITTEES = {
  pilot: () => BASE,
  electing,
  asked: (mine: string): Committee => {
    const open = election(mine);
    const named = { seatId: mine, community: '本席位', by: JINGYI.community };
    return {
      ...electing(mine),
      election: {
        ...open,
        nominees: [...open.nominees.slice(0, 2), { ...named, state: 'asked' }],
        mine: { state: 'asked', mayName: true, mayAnswer: true },
      },
    };
  },
  sitting: (): Committee => ({ ...SITTING, motions: [motion], mayResign: true }),
  /** Whoever is signed in was elected lately; nothing is moved yet. */
  joined: (mine: string): Committee => ({
    ...SITTING,
    term: {
      beganOn: TODAY,
      members: [
        { ...member({ seatId: mine, community: '本席位' }, '本人'), since: TODAY },
        { ...member(WEIYUN, '王秀兰'), since: TODAY },
        { ...member(SHANTUO, '李建国'), since: TODAY },
      ],
      evaluationDueOn: '2027-05-22',
      vacancies: 0,
    },
    mayResign: true,
  }),
  recalled: (mine: string): Committee => ({
    ...BASE,
    reviewer: { by: 'host', note: '选题委员会选出之前，由主办单位综合研判' },
    election: { ...election(mine), kind: 'again' },
    decisions: DECISIONS,
    ballots: [
      {
        id: EVALUATED,
        kind: 'evaluation',
        title: '选题有效性评价',
        day: '2026-12-30',
        state: 'decided',
        recalled: true,
      },
      ...BALLOTS,
    ],
    history: [
      {
        beganOn: '2026-06-30',
        endedOn: '2026-12-30',
        ended: '罢免',
        members: [
          member(WEIYUN, '王秀兰'),
          member(SHANTUO, '李建国'),
          { ...member(FIFTH, '赵明'), until: '2026-10-20', ended: '交接' },
        ],
      },
    ],
  }),
} satisfies Record<string, (mine: string) => Committee>;

const taking: Ballot = {
  id: EVALUATED,
  kind: 'evaluation',
  title: '选题有效性评价',
  question: '这半年选题委员会选的议题有没有用？',
  runOff: 0,
  state: 'taking',
  session: { number: 9, day: '2026-12-30' },
  fingerprint: '3f8a91c204dd77e1'.repeat(4),
  attending: null,
  due: null,
  castUntil: null,
  voidReason: null,
  result: null,
  names: {},
  bulletin: null,
  second: null,
  scrutineer: null,
};

const roll = { due: 20, attending: 19, issued: 19, received: 18 };
const HASH = '9c1185a5c5e9fc54612808977ee8f548b2258d31'.padEnd(64, '0');

/** The last of two run-offs with lots after it. */
const drawn: Ballot = {
  ...taking,
  id: ELECTED,
  kind: 'election',
  title: '选题委员会选举（第 2 次加投）',
  question: '在票数相同的三位里选 1 名',
  runOff: 2,
  state: 'decided',
  bulletin: HASH,
  names: Object.fromEntries([JINGYI, WEIYUN, SHANTUO].map((one) => [one.seatId, one.community])),
  result: {
    kind: 'election',
    ...roll,
    places: 1,
    counts: [
      { ...JINGYI, votes: 4 },
      { ...WEIYUN, votes: 7 },
      { ...SHANTUO, votes: 7 },
    ],
    blank: 0,
    elected: [SHANTUO.seatId],
    tied: [WEIYUN.seatId, SHANTUO.seatId],
    lots: [
      { seatId: SHANTUO.seatId, digest: '0b5e'.repeat(16) },
      { seatId: WEIYUN.seatId, digest: 'e41d'.repeat(16) },
    ],
  },
};

const recalled: Ballot = {
  ...taking,
  state: 'decided',
  bulletin: HASH,
  result: {
    kind: 'evaluation',
    ...roll,
    for: 5,
    against: 12,
    abstain: 1,
    recalled: true,
    members: MEMBERS,
  },
  second: {
    id: 'second00000000000000',
    closed: true,
    papers: 11,
    topics: [
      { ...PARKING, given: [4, 3, 2, 1, 1] },
      { ...LIFTS, given: [0, 1, 2, 5, 3] },
    ],
    comments: ['停车的事谈了两回，没有下文。', '请多选能在社区办成的。'],
    bulletin: HASH,
  },
  scrutineer: { ...JINGYI, signedAt: null, maySign: true },
};

const elected: Ballot = {
  ...drawn,
  title: '选题委员会选举',
  question: '选 3 名委员',
  runOff: 0,
  names: Object.fromEntries(
    [JINGYI, WEIYUN, SHANTUO, FOURTH, FIFTH].map((one) => [one.seatId, one.community]),
  ),
  result: {
    kind: 'election',
    ...roll,
    places: 3,
    counts: [
      { ...JINGYI, votes: 6 },
      { ...WEIYUN, votes: 14 },
      { ...SHANTUO, votes: 6 },
      { ...FOURTH, votes: 11 },
      { ...FIFTH, votes: 0 },
    ],
    blank: 1,
    elected: [WEIYUN.seatId, FOURTH.seatId],
    tied: [JINGYI.seatId, SHANTUO.seatId],
    lots: null,
  },
};

export const BALLOT_PAGES = {
  taking,
  casting: { ...taking, state: 'casting', castUntil: '2026-12-30T03:10:00.000Z' },
  void: {
    ...taking,
    state: 'void',
    voidReason: '领票的不足 3 席，票少了就没有秘密可言；本次表决作废，留到下一期沙龙再办。',
  },
  recalled,
  elected,
  drawn,
} satisfies Record<string, Ballot>;

const API = `/api/salons/${DEMO_SALON.slug}`;

/** @returns the address of the committee's page in that state */
export async function scriptCommittee(page: Page, state: keyof typeof COMMITTEES): Promise<string> {
  const { me } = await (await page.request.get('/api/me')).json();
  const mine = me?.salons[0]?.seat?.id ?? '';
  await page.route(`**${API}/committee`, (route) =>
    route.fulfill({ json: COMMITTEES[state](mine) }),
  );
  return `/salon/committee/?salon=${DEMO_SALON.slug}`;
}

/** @returns the address of the ballot's page in that state */
export async function scriptResult(page: Page, state: keyof typeof BALLOT_PAGES): Promise<string> {
  const ballot = BALLOT_PAGES[state];
  await page.route(`**${API}/ballots/${ballot.id}`, (route) => route.fulfill({ json: ballot }));
  return `/salon/ballots/${ballot.id}/?salon=${DEMO_SALON.slug}`;
}

/** The demo's fourth session after that ballot. @returns the address of the room's screen */
export async function scriptOutcome(
  page: Page,
  state: keyof typeof BALLOT_PAGES,
  presides = true,
): Promise<string> {
  const { id, kind, title, voidReason } = BALLOT_PAGES[state];
  const changes = { id, title, voidReason };
  const is = state === 'void' ? 'void' : 'decided';
  await scriptBallot(page, { kind, state: is, presides, changes });
  await scriptResult(page, state);
  return `${SESSION}screen/`;
}

type RoundPage = z.infer<typeof roundPage>;

/**
 * The demo's round as if its vote were over and the one who is signed in sat on the committee.
 * @returns its address
 */
export async function scriptReview(page: Page): Promise<string> {
  const now: RoundPage = await (await page.request.get(`${API}/rounds/now`)).json();
  const { month } = now;
  const topics = now.topics.map((one, index) => ({ ...one, votes: 9 - index, rank: index + 1 }));
  const json: RoundPage = {
    ...now,
    state: 'review',
    reviewer: { by: 'committee', note: '' },
    mayDecide: false,
    mayMove: true,
    motions: [{ ...motion, month, confirm: topics.slice(1, 2) }],
    topics,
  };
  await page.route(`**${API}/rounds/${month}`, (route) => route.fulfill({ json }));
  return `/salon/topics/?month=${month}&salon=${DEMO_SALON.slug}`;
}
