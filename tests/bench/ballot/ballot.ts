import type { z } from 'zod';
import type { boxFacts } from '../../../api/ballot/contract.ts';
import type { ballotPage, called, sessionBallots } from '../../../api/salon/ballots/contract.ts';
import { openConnection, requestBytes, type Wanted } from '../api/connection.ts';
import type { Counted } from '../api/load.ts';
import { putLoad } from '../api/loads.ts';
import type { Room } from './meetings.ts';
import { casting, type Paper, prepareVoters, taking, type Voter } from './voters.ts';

type Facts = z.infer<typeof boxFacts>;
export type BallotPage = z.infer<typeof ballotPage>;

/** An evaluation that has been called, with voters who are signed in and have blinded their papers. */
export type Held = {
  path: string;
  id: string;
  /** Topics on the second paper. */
  topics: string[];
  voters: Voter[];
};

/** Asks once and gives the answer's JSON. */
export async function askOnce<T>(wanted: Wanted): Promise<T> {
  const connection = await openConnection(wanted.port);
  const { status, body } = await connection.ask(requestBytes(wanted));
  connection.close();
  if (status >= 300) throw new Error(`${wanted.path}：${status} ${body.toString()}`);
  return JSON.parse(body.toString());
}

const sessionPath = ({ slug, number }: Room): string => `/api/salons/${slug}/sessions/${number}`;

/** What the page of the session asks for of its ballots. */
export const ballotsPath = (room: Room): string => `${sessionPath(room)}/ballots`;

/** As many as `seconds` allow; as fast as it goes where it is 0. */
const paceOf = (count: number, seconds: number) =>
  seconds > 0 ? { rate: count / seconds, seconds } : { rate: 8 * count, seconds: 1 / 8 };

/** The chair calls it and the first seats sign in, as fast as it goes. */
export async function hold(room: Room, port: number, seats: number): Promise<Held> {
  const { chair, slug } = room;
  const own = { path: ballotsPath(room), port, cookie: chair };
  const body = { kind: 'evaluation' };
  const { ballot: id } = await askOnce<z.infer<typeof called>>({ ...own, method: 'POST', body });
  const path = `/api/salons/${slug}/ballots/${id}`;
  const { ballots } = await askOnce<z.infer<typeof sessionBallots>>({ ...own, method: 'GET' });
  const papers: Paper[] = [];
  const topics: string[] = [];
  for (const paper of [id, ballots.find((one) => one.id === id)?.secondId ?? '']) {
    const facts = await askOnce<Facts>({ method: 'GET', path: `/ballot-box/${paper}`, port });
    papers.push({ id: paper, publicKey: facts.publicKey });
    if (facts.paper.kind === 'marks') topics.push(...facts.paper.topics.map((topic) => topic.id));
  }
  const cookies = room.cookies.slice(0, seats);
  const kind = cookies.map(
    (cookie) => ({ method: 'POST', path: `${path}/sign-in`, cookie }) as const,
  );
  await putLoad({ kind, port, cookies: [], connections: 16, ...paceOf(seats, 0) });
  return { path, id, topics, voters: prepareVoters(papers, cookies) };
}

/** All take both papers. @param seconds 0: as fast as it goes */
export const takeAll = (held: Held, port: number, seconds: number): Promise<Counted> =>
  putLoad({
    kind: held.voters.map((voter) => taking(held.path, voter)),
    ...{ port, cookies: [], connections: 32, keep: true },
    ...paceOf(held.voters.length, seconds),
  });

/** The chair closes sign-in and taking. */
export const start = ({ path }: Held, { chair }: Room, port: number): Promise<unknown> =>
  askOnce({ method: 'POST', path: `${path}/start`, port, cookie: chair });

/** All cast both papers. @param answers to their taking @param seconds 0: as fast as it goes */
export function castAll(
  { voters, topics }: Held,
  answers: readonly string[],
  { port, seconds }: { readonly port: number; readonly seconds: number },
): Promise<Counted> {
  const kind = voters.flatMap((voter, nth) => casting(voter, answers[nth] ?? '', topics, nth));
  const load = { kind, port, cookies: [], connections: 32 };
  return putLoad({ ...load, ...paceOf(kind.length, seconds) });
}

/** @returns milliseconds until the results of both papers are there */
export async function untilSettled({ path }: Held, port: number): Promise<number> {
  const begun = performance.now();
  for (;;) {
    const { state, second } = await askOnce<BallotPage>({ method: 'GET', path, port });
    if (state === 'void') throw new Error('表决作废了');
    if (state === 'decided' && second?.closed) return performance.now() - begun;
  }
}
