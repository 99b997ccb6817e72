import { createPublicKey, randomBytes, webcrypto } from 'node:crypto';
import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { expect, vi } from 'vitest';
import { type Choice, messageOf } from '../../api/ballot/rules.ts';
import { newId } from '../../api/core/id.ts';
import { DEMO_SEATS } from '../../db/demo/fuping.ts';
import { committeeMember, committeeTerm, election, nominee } from '../../db/schema/index.ts';
import { dump } from './dump.ts';
import { addMeeting, type Meeting as Held } from './heldMeeting.ts';
import { createMeeting, type Meeting, outcome } from './meeting.ts';
import { salonId } from './months.ts';
import { readyKeys } from './readyKeys.ts';
import { type Client, DEMO, ORIGIN } from './testApp.ts';

const suite = RSABSSA.SHA384.PSS.Randomized();
type BlindKey = Parameters<typeof suite.blind>[0];

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const bytesOf = (encoded: string): Uint8Array => new Uint8Array(Buffer.from(encoded, 'base64url'));

/** One paper as a voter's browser makes it: what it sends, and what it keeps. */
interface Paper {
  readonly ballot: string;
  readonly key: BlindKey;
  readonly token: string;
  readonly prepared: Uint8Array;
  readonly blinded: string;
  readonly inverse: Uint8Array;
}

export interface Taken {
  readonly ballot: string;
  readonly token: string;
  readonly prefix: string;
  readonly signature: string;
}

/** The salon at a session whose ballot is due, and what its people do. */
export interface Voting extends Meeting {
  readonly session: Held;
  /** Below the salon's API. */
  send(login: string, method: string, path: string, body?: unknown): Promise<Response>;
  read<T = Record<string, never>>(login: string, path: string): Promise<T>;
  /** Calls what is due as 主办. @returns its id */
  call(kind: 'evaluation' | 'election', by?: string): Promise<string>;
  signIn(ballot: string, ...logins: readonly string[]): Promise<void>;
  /** Blinds a paper of its own, of both papers where the ballot has two. */
  prepare(ballot: string): Promise<Paper[]>;
  takeWith(login: string, papers: readonly Paper[]): Promise<Response>;
  /** Signs in, takes and unblinds. @returns first and, if there is one, second */
  take(login: string, ballot: string): Promise<Taken[]>;
  cast(taken: Taken | undefined, choice: Choice): Promise<Response>;
  /** Closes the sign-in where nobody is waited for. */
  start(ballot: string, by?: string): Promise<void>;
  /** Until the database has the ballot's end. */
  ended(ballot: string): Promise<{ state: string; result: Record<string, unknown> | null }>;
  seat(login: string): string;
  /** Every row of the database but those of signed-in devices. */
  state(): Record<string, unknown[]>;
}

export const COMMITTEE = ['景翼社区', '渭运社区', '陕拖社区'];
export const communityOf = (login: string): string =>
  DEMO_SEATS.find((one) => one.login === login)?.community ?? '';

/** On this day the evaluation of the committee of 1 May is due. */
export const DAY = '2026-11-28';

export interface VotingPlan {
  /** User names of those who are there. */
  readonly came: readonly string[];
  readonly chair?: string;
  /** Puts an election in the place of the evaluation: user names of the candidates. */
  readonly candidates?: readonly string[];
  readonly guest?: string;
}

export async function createVoting(plan: VotingPlan): Promise<Voting> {
  const m = await createMeeting(DAY, { ballotKeeper: readyKeys });
  const { t } = m;
  const { chair, came, guest } = plan;
  const session = addMeeting(t, {
    number: 9,
    at: m.now(),
    state: 'open',
    ...(chair && { chair: communityOf(chair) }),
    came: came.map(communityOf),
    guests: guest ? [{ unit: '某局', name: '嘉宾', personId: t.personId(guest), came: true }] : [],
  });
  const seat = (login: string): string => session.seatOf(communityOf(login));
  if (plan.candidates) standFor(m, plan.candidates.map(seat));
  else putInOffice(m, COMMITTEE.map(session.seatOf));

  const clients = new Map<string, Promise<Client>>();
  const client = (login: string): Promise<Client> => {
    const found = clients.get(login) ?? (login ? t.as(login) : Promise.resolve(t.visitor));
    clients.set(login, found);
    return found;
  };
  const send: Voting['send'] = async (login, method, path, body) =>
    (await client(login)).send(method, `/api/salons/${DEMO}${path}`, body);
  const done = async (response: Promise<Response>): Promise<Response> => {
    const answer = await response;
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return answer;
  };
  const voting: Voting = {
    ...m,
    session,
    seat,
    send,
    read: async (login, path) =>
      (await done((await client(login)).get(`/api/salons/${DEMO}${path}`))).json() as never,
    async call(kind, by = 'minzheng') {
      const response = await done(send(by, 'POST', '/sessions/9/ballots', { kind }));
      return ((await response.json()) as { ballot: string }).ballot;
    },
    async signIn(ballot, ...logins) {
      for (const one of logins) await done(send(one, 'POST', `/ballots/${ballot}/sign-in`));
    },
    async prepare(ballot) {
      const row = t.services.db.sqlite
        .prepare<[string], { secondId: string | null }>(
          'SELECT second_id AS secondId FROM ballot WHERE id = ?',
        )
        .get(ballot);
      const ids = row?.secondId ? [ballot, row.secondId] : [ballot];
      return Promise.all(
        ids.map((id) => preparePaper(t.services.ballots.facts(id)?.publicKey, id)),
      );
    },
    takeWith: (login, [first, second]) => {
      const body = { blinded: first?.blinded, ...(second && { second: second.blinded }) };
      return send(login, 'POST', `/ballots/${first?.ballot}/take`, body);
    },
    async take(login, ballot) {
      await voting.signIn(ballot, login);
      const papers = await voting.prepare(ballot);
      const answer = (await (await done(voting.takeWith(login, papers))).json()) as {
        blindSignature: string;
        second: { blindSignature: string } | null;
      };
      const signed = [answer.blindSignature, answer.second?.blindSignature];
      return Promise.all(papers.map((paper, index) => unblind(paper, signed[index] ?? '')));
    },
    cast: async (taken, choice) =>
      t.app.request(`${ORIGIN}/ballot-box`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...taken, choice }),
      }),
    state: () => dump(t, ['device_session']),
    async start(ballot, by = 'minzheng') {
      expect(await outcome(await send(by, 'POST', `/ballots/${ballot}/start`))).toBe('done');
    },
    async ended(ballot) {
      const page = () => voting.read<{ state: string; result: never }>('', `/ballots/${ballot}`);
      return vi.waitUntil(
        async () => {
          const found = await page();
          return found.state === 'decided' || found.state === 'void' ? found : undefined;
        },
        { timeout: 20_000, interval: 20 },
      );
    },
  };
  return voting;
}

async function preparePaper(publicKey: string | undefined, ballot: string): Promise<Paper> {
  const spki = Buffer.from(publicKey ?? '', 'base64url');
  // A plain RSA key of the suite's kind, as the browser imports it.
  const jwk = createPublicKey({ key: spki, format: 'der', type: 'spki' }).export({ format: 'jwk' });
  const algorithm = { name: 'RSA-PSS', hash: 'SHA-384' };
  const key = (await webcrypto.subtle.importKey('jwk', { ...jwk, ext: true }, algorithm, true, [
    'verify',
  ])) as BlindKey;
  const token = text(randomBytes(32));
  const prepared = suite.prepare(new Uint8Array(messageOf(ballot, token)));
  const { blindedMsg, inv } = await suite.blind(key, prepared);
  return { ballot, key, token, prepared, blinded: text(blindedMsg), inverse: inv };
}

async function unblind(paper: Paper, blindSignature: string): Promise<Taken> {
  const { ballot, key, token, prepared, inverse } = paper;
  const signature = await suite.finalize(key, prepared, bytesOf(blindSignature), inverse);
  return { ballot, token, prefix: text(prepared.slice(0, 32)), signature: text(signature) };
}

/** An election that is ready, with those who stand. */
function standFor({ t, now }: Meeting, seats: readonly string[]): void {
  const { orm } = t.services.db;
  const id = newId();
  const calledAt = now() - 20 * 24 * 3600_000;
  orm
    .insert(election)
    .values({ id, salonId: salonId(t), kind: 'first', places: 3, state: 'ready', calledAt })
    .run();
  for (const seatId of seats) {
    orm
      .insert(nominee)
      .values({ electionId: id, seatId, bySeatId: seatId, state: 'accepted' })
      .run();
  }
}

/** A committee that took office on 1 May. */
function putInOffice({ t }: Meeting, seats: readonly string[]): void {
  const { orm } = t.services.db;
  const [electionId, termId] = [newId(), newId()];
  const beganAt = Date.parse('2026-05-01T10:00:00+08:00');
  const salon = salonId(t);
  orm
    .insert(election)
    .values({
      id: electionId,
      salonId: salon,
      kind: 'first',
      places: 3,
      state: 'decided',
      calledAt: beganAt,
      elected: seats,
      settledAt: beganAt,
    })
    .run();
  orm
    .insert(committeeTerm)
    .values({ id: termId, salonId: salon, electionId, beganOn: '2026-05-01', beganAt })
    .run();
  for (const seatId of seats) {
    orm.insert(committeeMember).values({ id: newId(), termId, electionId, seatId, beganAt }).run();
  }
}

/** Gives a seat to somebody new. @param login of its holder */
export const handOverTo = (v: Voting, login: string): Promise<Response> =>
  v.send('minzheng', 'POST', `/seats/${v.seat(login)}/hand-over`, {
    person: { name: '新书记', phone: `139${login.replace(/\D/g, '').padStart(8, '0')}` },
  });
