import type { z } from 'zod';
import type { sessionList } from '../../../../api/salon/sessions/contract.ts';
import { ApiProblem, api, ask } from '../../../lib/api.ts';
import { readReceipt } from '../../../lib/ballots/receipts.ts';
import { readSlip } from '../../../lib/ballots/slips.ts';
import { fetchMe } from '../../../lib/session.ts';
import { daysBetween } from '../../kit/time.ts';
import { type Place, placeFor } from '../place.tsx';
import type { Facts } from './concerns.ts';

type Sessions = z.infer<typeof sessionList>;

/** So many sessions are looked at for what is due; older ones are the reminders' business. */
const DUE_SESSIONS = 3;

/** The salons to choose from, or the one that the page is about. */
export async function loadHome() {
  const [me, { salons }] = await Promise.all([fetchMe(), ask(api.salons.$get())]);
  const mine = me?.salons ?? [];
  const open = mine.length > 0 ? mine : salons;
  const named = new URLSearchParams(location.search).get('salon');
  const slug = named ?? (open.length === 1 ? open[0]?.slug : undefined);
  if (slug === undefined) {
    const own = new Set(mine.map((one) => one.slug));
    return {
      kind: 'choice' as const,
      isMember: own.size > 0,
      salons: own.size > 0 ? salons.filter((one) => own.has(one.slug)) : salons,
    };
  }
  const place = await placeFor(me, slug);
  const schedule = await ask(api.salons[':salon'].rotation.$get({ param: { salon: slug } }));
  const { facts, failed } = place.isMember
    ? await factsFor(place, schedule.started)
    : { facts: {}, failed: false };
  const isOneOfMany = open.length > 1;
  return {
    kind: 'salon' as const,
    place,
    schedule,
    facts: { ...facts, schedule },
    failed,
    isOneOfMany,
  };
}
export type Home = Awaited<ReturnType<typeof loadHome>>;
export type SalonData = Extract<Home, { kind: 'salon' }>;

/** Each is asked for by itself: what fails must not hide what is due elsewhere. */
async function factsFor(
  { slug, isHost, seat }: Place,
  started: boolean,
): Promise<{ facts: Facts; failed: boolean }> {
  const param = { salon: slug };
  const chooses = isHost || seat !== null;
  let failed = false;
  const or = async <T>(asking: Promise<T> | undefined): Promise<T | undefined> => {
    try {
      return await asking;
    } catch (error) {
      // Not there, or not for me, is an answer too.
      if (!(error instanceof ApiProblem && error.status >= 400 && error.status < 500))
        failed = true;
      return undefined;
    }
  };
  const [round, sessions, swaps, committee, actions, unread, reports] = await Promise.all([
    or(
      chooses && started
        ? ask(api.salons[':salon'].rounds[':month'].$get({ param: { ...param, month: 'now' } }))
        : undefined,
    ),
    or(ask(api.salons[':salon'].sessions.$get({ param, query: { limit: '12' } }))),
    or(chooses ? ask(api.salons[':salon'].swaps.$get({ param })) : undefined),
    or(chooses ? ask(api.salons[':salon'].committee.$get({ param })) : undefined),
    or(
      ask(
        api.salons[':salon'].actions.$get({
          param,
          query: { of: 'mine', view: 'open', limit: '20' },
        }),
      ),
    ),
    or(ask(api.me.notices.unread.$get())),
    or(isHost ? ask(api.salons[':salon'].reports.$get({ param })) : undefined),
  ]);
  const ballotsOf = async (number: number) => ({
    number,
    ...(await ask(
      api.salons[':salon'].sessions[':number'].ballots.$get({
        param: { ...param, number: String(number) },
      }),
    )),
  });
  const open = (sessions?.sessions ?? []).filter(({ state }) => state === 'open');
  const ballots = Promise.all(open.flatMap(({ number }) => (number ? or(ballotsOf(number)) : [])));
  const pages = await Promise.all(
    dueSessions(sessions).map((number) =>
      or(
        ask(
          api.salons[':salon'].sessions[':number'].$get({
            param: { ...param, number: String(number) },
          }),
        ),
      ),
    ),
  );
  const running = (await ballots).filter((one) => one !== undefined);
  const facts = {
    round,
    sessions,
    swaps,
    committee,
    ballots: running,
    uncast: running.flatMap((one) => one.ballots.map(({ id }) => id)).filter(holdsUncast),
    actions,
    unread: unread?.unread,
    reports,
    pages: pages.filter((page) => page !== undefined),
  };
  return { facts, failed };
}

const holdsUncast = (ballot: string): boolean =>
  readSlip(ballot) !== undefined && readReceipt(ballot) === undefined;

/** Those that go on, are today, or want their minutes; newest first. */
function dueSessions(list: Sessions | undefined): number[] {
  const today = new Date().toISOString();
  return (list?.sessions ?? [])
    .filter(
      ({ state, startsAt, publishedAt }) =>
        state === 'open' ||
        (state === 'planned' && daysBetween(today, startsAt) === 0) ||
        (state === 'closed' && publishedAt === null),
    )
    .flatMap(({ number }) => number ?? [])
    .slice(0, DUE_SESSIONS);
}
