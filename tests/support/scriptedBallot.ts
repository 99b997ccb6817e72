import { constants, createHash, generateKeyPairSync, privateDecrypt, verify } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { z } from 'zod';
import type { boxFacts, castInput } from '../../api/ballot/contract.ts';
import type { sessionBallot, sessionBallots } from '../../api/salon/ballots/contract.ts';
import { DEMO_SALON } from '../../db/demo/fuping.ts';

type Facts = z.infer<typeof boxFacts>;
type Ballot = z.infer<typeof sessionBallot>;
type Vote = z.infer<typeof castInput>;

export const BALLOT = 'scriptedballot000001';
const SECOND = 'scriptedballot000002';
export const SESSION = '/salon/sessions/4/';
export const BOOTH = `/salon/booth/?ballot=${BALLOT}&second=${SECOND}&salon=${DEMO_SALON.slug}&n=4`;

const seat = (seatId: string, community: string) => ({ seatId, community });
const member = seat('seat-1', '渭运社区');

const PAPERS = {
  evaluation: {
    kind: 'choose',
    options: [
      { id: 'for', label: '认可' },
      { id: 'against', label: '不认可（反对）' },
      { id: 'abstain', label: '弃权' },
    ],
    least: 1,
    most: 1,
  },
  election: {
    kind: 'choose',
    options: ['渭运社区', '静怡社区', '杉拓社区', '示例社区四', '示例社区五'].map((label, at) => ({
      id: `seat-${at + 1}`,
      label,
    })),
    least: 0,
    most: 3,
  },
  second: {
    kind: 'marks',
    topics: [
      { id: 'topic-1', label: '如何破解社区万能章' },
      { id: 'topic-2', label: '老旧小区加装电梯，一楼住户不同意怎么办' },
    ],
    comment: 300,
  },
} as const satisfies Record<string, Facts['paper']>;

const QUESTIONS = {
  evaluation: '选题有效性评价：选题委员会这半年选定的议题，您是否认可？',
  election: '选题委员会选举：最多选 3 人；一个也不想选，请选“弃权”。',
  second: '这半年讨论过的每个议题，对您的社区有多大帮助？',
} as const;

function makeKey() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return {
    publicKey: spki.toString('base64url'),
    fingerprint: createHash('sha256').update(spki).digest('hex'),
    /** As anybody may check it: an ordinary signature of prefix and message. */
    isGenuine: ({ ballot, token, prefix, signature }: Vote): boolean =>
      verify(
        'sha384',
        Buffer.concat([
          Buffer.from(prefix, 'base64url'),
          Buffer.from(`yuanzhuo ballot 1\nRSABSSA-SHA384-PSS-Randomized\n${ballot}\n${token}`),
        ]),
        { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 },
        Buffer.from(signature, 'base64url'),
      ),
    /** The RSA operation alone, as the server does it in its worker. */
    sign: (blinded: string): string =>
      privateDecrypt(
        { key: privateKey, padding: constants.RSA_NO_PADDING },
        Buffer.from(blinded, 'base64url'),
      ).toString('base64url'),
  };
}

/** Made once: a browser that is new has seen none of them. */
const keys = new Map<string, ReturnType<typeof makeKey>>();

function keyOf(name: string) {
  const key = keys.get(name) ?? makeKey();
  keys.set(name, key);
  return key;
}

interface Options {
  readonly kind?: 'evaluation' | 'election';
  readonly state?: Ballot['state'];
  readonly presides?: boolean;
  readonly changes?: Partial<Ballot>;
  /** Nothing is running until this is called. */
  readonly callable?: z.infer<typeof sessionBallots>['callable'];
}

/**
 * A ballot at the demo's fourth session by answers in the server's place, with real keys: the
 * stories share one database, in which only one ballot could be open.
 */
export async function scriptBallot(
  page: Pick<Page, 'route'>,
  { kind = 'evaluation', state = 'taking', presides = false, changes, callable }: Options = {},
) {
  const votes: Vote[] = [];
  const taken: string[] = [];
  let phase: Facts['phase'] = state === 'casting' ? 'casting' : 'taking';
  let offline = false;
  let forgedKey = false;
  const mine = { seatId: 'seat-9', signedIn: false, taken: false, declined: false };
  const until = new Date(Date.now() + 28 * 60_000).toISOString();

  const ballot = (): Ballot => ({
    id: BALLOT,
    kind,
    title: kind === 'evaluation' ? '选题有效性评价' : '选题委员会选举',
    runOff: 0,
    state: phase === 'casting' ? 'casting' : state,
    fingerprint: keyOf(BALLOT).fingerprint,
    secondId: kind === 'evaluation' ? SECOND : null,
    attending: 17,
    taken: 14,
    declined: 0,
    announcedAt: null,
    mayCloseAt: null,
    castFrom: null,
    castUntil: phase === 'casting' ? until : null,
    voidReason: null,
    scrutineer: null,
    waiting: presides ? [member, seat('seat-2', '静怡社区'), seat('seat-9', '示例社区九')] : null,
    absent: presides ? [seat('seat-12', '示例社区十二'), seat('seat-13', '示例社区十三')] : null,
    mine: presides ? null : mine,
    mayPreside: presides,
    ...changes,
  });

  const factsOf = (id: string): Facts => {
    const shown = keyOf(forgedKey ? 'another' : id);
    const paper = id === SECOND ? 'second' : kind;
    return {
      ballot: id,
      question: QUESTIONS[paper],
      paper: PAPERS[paper],
      phase,
      voidReason: null,
      publicKey: shown.publicKey,
      fingerprint: shown.fingerprint,
      castUntil: phase === 'casting' ? until : null,
    };
  };

  let isCalled = callable === undefined;
  await page.route('**/sessions/*/ballots', (route) => {
    if (route.request().method() === 'POST') {
      isCalled = true;
      const { fingerprint } = keyOf(BALLOT);
      return route.fulfill({ status: 201, json: { ballot: BALLOT, fingerprint } });
    }
    const json = isCalled
      ? { ballots: [ballot()], callable: null }
      : { ballots: [], callable: callable ?? null };
    return route.fulfill({ json });
  });
  await page.route(`**/ballots/${BALLOT}/**`, (route) => {
    const request = route.request();
    const what = new URL(request.url()).pathname.split(`${BALLOT}/`)[1];
    if (what === 'sign-in') mine.signedIn = true;
    if (what !== 'take') return route.fulfill({ json: { done: true } });
    const { blinded, second } = request.postDataJSON();
    taken.push(blinded);
    if (offline) return route.abort('internetdisconnected');
    mine.taken = true;
    return route.fulfill({
      json: {
        ballot: BALLOT,
        fingerprint: keyOf(BALLOT).fingerprint,
        blindSignature: keyOf(BALLOT).sign(blinded),
        second: second && { ballot: SECOND, blindSignature: keyOf(SECOND).sign(second) },
      },
    });
  });
  await page.route('**/ballot-box/*', (route) =>
    route.fulfill({ json: factsOf(new URL(route.request().url()).pathname.split('/')[2] ?? '') }),
  );
  await page.route('**/ballot-box', (route) => {
    votes.push(route.request().postDataJSON());
    return offline ? route.abort('internetdisconnected') : route.fulfill({ json: { done: true } });
  });
  return {
    /** The blinded values that were asked for, in order. */
    taken,
    /** What has come to the box, each time it came. */
    votes,
    signedIn: (): boolean => mine.signedIn,
    isGenuine: (vote: Vote): boolean => keyOf(vote.ballot).isGenuine(vote),
    startCasting(): void {
      phase = 'casting';
    },
    /** What is sent arrives, and the answer is lost. */
    setOffline(now: boolean): void {
      offline = now;
    },
    showAnotherKey(now: boolean): void {
      forgedKey = now;
    },
  };
}

/** Takes a paper on the session's page, then waits in the booth. */
export async function takeAndEnter(page: Page): Promise<void> {
  await page.goto(SESSION);
  await page.getByRole('button', { name: '表决签到并领取选票' }).click();
  await page.getByRole('link', { name: '去投票' }).click();
}
