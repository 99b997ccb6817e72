import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type Action, MEMBERS, PERMISSIONS, type Standing } from '../../api/access/rules.ts';
import { newId } from '../../api/core/id.ts';
import { person } from '../../db/schema/index.ts';
import { dumpTexts } from '../support/dump.ts';
import { BODIES, callRoute, demoParams, type PathParams } from '../support/everyRoute.ts';
import { publishedSession } from '../support/heldMeeting.ts';
import { addAttachment, addGuest, addSession, addVoidBallot } from '../support/months.ts';
import { addRoundOfOthers } from '../support/standing.ts';
import { addOtherSalon, codeOf, createTestApp, type TestApp } from '../support/testApp.ts';

/** Every route. A new one fails here until someone has thought about who may use it. */
const ROUTES: Readonly<Record<string, Action>> = {
  'get /me': 'session.enter',
  'get /sign-in': 'session.enter',
  'post /sign-in': 'session.enter',
  'post /sign-out': 'session.enter',
  'post /passes/inspect': 'session.enter',
  'post /passes/redeem': 'session.enter',
  'post /reset-requests': 'session.enter',
  'patch /me': 'own.manage',
  'put /me/password': 'own.manage',
  'get /me/devices': 'own.manage',
  'delete /me/devices': 'own.manage',
  'delete /me/devices/{id}': 'own.manage',
  'post /me/second-factor': 'own.manage',
  'post /me/second-factor/confirm': 'own.manage',
  'post /me/second-factor/recovery-codes': 'own.manage',
  'post /me/second-factor/end': 'own.manage',
  'get /me/export': 'own.manage',
  'post /me/erase': 'own.manage',
  'get /accounts': 'account.list',
  'post /accounts/{id}/reset': 'account.manage',
  'put /accounts/{id}/active': 'account.manage',
  'delete /accounts/{id}/second-factor': 'account.manage',
  'get /salons': 'salon.read',
  'post /salons': 'salon.create',
  'get /salons/{salon}': 'salon.read',
  'get /salons/{salon}/live': 'salon.live',
  'patch /salons/{salon}/settings': 'salon.configure',
  'get /salons/{salon}/seats': 'salon.read',
  'post /salons/{salon}/seats': 'seat.manage',
  'get /salons/{salon}/seats/{seat}': 'member.list',
  'post /salons/{salon}/seats/{seat}/hand-over': 'seat.manage',
  'post /salons/{salon}/seats/{seat}/retire': 'seat.manage',
  'get /salons/{salon}/members': 'member.list',
  'post /salons/{salon}/members': 'member.manage',
  'post /salons/{salon}/hosts': 'host.appoint',
  'delete /salons/{salon}/members/{person}': 'member.manage',
  'post /salons/{salon}/members/{person}/invitation': 'member.manage',
  'post /salons/{salon}/members/{person}/reset': 'member.manage',
  'delete /salons/{salon}/members/{person}/second-factor': 'member.manage',
  'get /roster-template.xlsx': 'own.manage',
  'post /salons/{salon}/roster': 'roster.import',
  'get /salons/{salon}/audit': 'audit.read',
  'get /salons/{salon}/calendar.ics': 'calendar.read',
  'get /calendars/{secret}/mine.ics': 'calendar.read',
  'get /me/calendar': 'own.manage',
  'post /me/calendar': 'own.manage',
  'delete /me/calendar': 'own.manage',
  'get /salons/{salon}/site-build': 'site.publish',
  'post /salons/{salon}/site-build': 'site.publish',
  'get /salons/{salon}/sessions': 'session.list',
  'post /salons/{salon}/sessions': 'session.convene',
  'get /salons/{salon}/sessions/{number}': 'session.read',
  'patch /salons/{salon}/sessions/{number}': 'session.convene',
  'post /salons/{salon}/sessions/{number}/cancel': 'session.convene',
  'put /salons/{salon}/sessions/{number}/agenda': 'session.prepare',
  'put /salons/{salon}/sessions/{number}/readings': 'session.prepare',
  'post /salons/{salon}/sessions/{number}/attachments': 'session.prepare',
  'get /salons/{salon}/sessions/{number}/attachments/{attachment}': 'session.read',
  'delete /salons/{salon}/sessions/{number}/attachments/{attachment}': 'session.prepare',
  'post /salons/{salon}/sessions/{number}/open': 'session.run',
  'put /salons/{salon}/sessions/{number}/current': 'session.run',
  'get /salons/{salon}/sessions/{number}/check-in-code': 'session.run',
  'post /salons/{salon}/sessions/{number}/check-in': 'session.checkIn',
  'post /salons/{salon}/sessions/{number}/attendance': 'session.run',
  'post /salons/{salon}/sessions/{number}/close': 'session.run',
  'post /salons/{salon}/sessions/{number}/guests': 'guest.invite',
  'delete /salons/{salon}/sessions/{number}/guests/{guest}': 'guest.invite',
  'post /salons/{salon}/sessions/{number}/guests/{guest}/link': 'guest.invite',
  'put /salons/{salon}/sessions/{number}/answer': 'guest.answer',
  'post /guest-visits/read': 'guest.visit',
  'post /guest-visits/answer': 'guest.visit',
  'post /guest-visits/check-in': 'guest.visit',
  'post /guest-visits/attachment': 'guest.visit',
  'get /salons/{salon}/sessions/{number}/minutes': 'session.read',
  'put /salons/{salon}/sessions/{number}/minutes': 'minutes.draft',
  'post /salons/{salon}/sessions/{number}/minutes/submit': 'minutes.draft',
  'post /salons/{salon}/sessions/{number}/minutes/publish': 'minutes.publish',
  'post /salons/{salon}/sessions/{number}/minutes/corrections': 'minutes.publish',
  'get /salons/{salon}/sessions/{number}/minutes.docx': 'session.read',
  'get /salons/{salon}/actions': 'action.read',
  'get /salons/{salon}/actions/{action}': 'action.read',
  'post /salons/{salon}/actions/{action}/progress': 'action.work',
  'post /salons/{salon}/actions/{action}/attachments': 'action.work',
  'get /salons/{salon}/actions/{action}/attachments/{attachment}': 'action.read',
  'post /guest-visits/progress': 'guest.visit',
  'get /me/notices': 'own.manage',
  'get /me/notices/unread': 'own.manage',
  'post /me/notices/read': 'own.manage',
  // N1
  'get /me/notice-choices': 'own.manage',
  'put /me/notice-choices': 'own.manage',
  'get /notices/unsubscribe': 'mail.stop',
  'post /notices/unsubscribe': 'mail.stop',
  'get /salons/{salon}/rotation': 'salon.read',
  'post /salons/{salon}/seats/{seat}/leaves': 'leave.take',
  'delete /salons/{salon}/seats/{seat}/leaves/{month}': 'leave.take',
  'get /salons/{salon}/swaps': 'swap.read',
  'post /salons/{salon}/swaps': 'swap.offer',
  'post /salons/{salon}/swaps/{swap}/answer': 'swap.answer',
  'delete /salons/{salon}/swaps/{swap}': 'swap.answer',
  'get /salons/{salon}/rounds/{month}': 'round.read',
  'put /salons/{salon}/rounds/{month}/vote': 'vote.cast',
  'post /salons/{salon}/rounds/{month}/decision': 'topic.review',
  'get /salons/{salon}/topics': 'round.read',
  'post /salons/{salon}/topics': 'topic.write',
  'get /salons/{salon}/topics/{topic}': 'round.read',
  'put /salons/{salon}/topics/{topic}': 'topic.change',
  'post /salons/{salon}/topics/{topic}/propose': 'topic.change',
  'post /salons/{salon}/topics/{topic}/withdraw': 'topic.change',
  'post /salons/{salon}/topics/{topic}/decline': 'topic.review',
  'put /salons/{salon}/topics/{topic}/support': 'topic.support',
  'get /salons/{salon}/sessions/{number}/ballots': 'session.read',
  'post /salons/{salon}/sessions/{number}/ballots': 'ballot.run',
  'get /salons/{salon}/ballots/{ballot}': 'ballot.recount',
  'get /salons/{salon}/ballots/{ballot}/bulletin.json': 'ballot.recount',
  'post /salons/{salon}/ballots/{ballot}/sign-in': 'ballot.take',
  'delete /salons/{salon}/ballots/{ballot}/sign-in': 'ballot.take',
  'post /salons/{salon}/ballots/{ballot}/decline': 'ballot.take',
  'post /salons/{salon}/ballots/{ballot}/sign-in/hand': 'ballot.run',
  'post /salons/{salon}/ballots/{ballot}/take': 'ballot.take',
  'post /salons/{salon}/ballots/{ballot}/announce': 'ballot.run',
  'post /salons/{salon}/ballots/{ballot}/start': 'ballot.run',
  'post /salons/{salon}/ballots/{ballot}/scrutinise': 'ballot.scrutinise',
  'post /salons/{salon}/topics/{topic}/schedule': 'topic.schedule',
  'get /salons/{salon}/committee': 'committee.read',
  'post /salons/{salon}/committee/nominees': 'nominee.name',
  'post /salons/{salon}/committee/answer': 'nominee.answer',
  'post /salons/{salon}/committee/resign': 'committee.resign',
  'post /salons/{salon}/motions': 'motion.sign',
  'post /salons/{salon}/motions/{motion}/sign': 'motion.sign',
  'post /salons/{salon}/motions/{motion}/withdraw': 'motion.sign',

  // The forum: writing.
  'post /salons/{salon}/threads': 'thread.write',
  'patch /threads/{thread}': 'post.change',
  'post /threads/{thread}/posts': 'thread.write',
  'put /threads/{thread}/posts/{n}': 'post.change',
  'delete /threads/{thread}/posts/{n}': 'post.change',
  'get /threads/{thread}/posts/{n}/source': 'thread.read',
  'get /threads/{thread}/posts/{n}/history': 'thread.read',
  'post /salons/{salon}/forum/preview': 'post.compose',
  'get /salons/{salon}/forum/drafts': 'post.compose',
  'put /salons/{salon}/forum/drafts': 'post.compose',
  'delete /salons/{salon}/forum/drafts': 'post.compose',
  'get /salons/{salon}/forum/names': 'post.compose',
  'post /salons/{salon}/pictures': 'post.compose',
  'get /pictures/{picture}': 'thread.read',

  // The forum: reading.
  'get /salons/{salon}/threads': 'forum.list',
  'get /places/{kind}/{key}/threads': 'forum.list',
  'get /threads/{thread}': 'thread.read',
  'put /threads/{thread}/read': 'thread.read',
  'put /threads/{thread}/follow': 'thread.read',
  'get /salons/{salon}/forum/unread': 'forum.keepUp',
  'post /salons/{salon}/forum/read-all': 'forum.keepUp',
  'get /forum/search': 'forum.list',
  'get /salons/{salon}/forum.atom': 'thread.readPublic',
  'get /places/{kind}/{key}/forum.atom': 'thread.readPublic',

  // The forum: moderation.

  // Notices: choices and mail.

  // Notices: webhooks.
};
/** Answered to anybody, and about the installation only. */
const OPEN = ['get /health', 'get /ready', 'get /openapi.json', 'get /docs'];

/** Everyone who asks, with all that they are in the demo salon and to its session. */
const PEOPLE: Readonly<Record<string, readonly Standing[]>> = {
  '': ['visitor'],
  qita: ['visitor', 'person'],
  qitashuji: ['visitor', 'person'],
  xueyuan: ['visitor', 'person', 'learner'],
  peixun: ['visitor', 'person', 'trainer'],
  baoxian: ['visitor', 'person', 'guest'],
  yibao: ['visitor', 'person', 'guest', 'invited'],
  // Wrote the thread that the paths name.
  weiyun: ['visitor', 'person', 'secretary', 'author'],
  jingyi: ['visitor', 'person', 'secretary', 'chair', 'presider'],
  admin: ['visitor', 'person', 'admin'],
  // Last: what the host cancels is there for nobody.
  minzheng: ['visitor', 'person', 'host', 'reviewer'],
};

const REFUSALS = ['signIn', 'forbidden', 'notFound', 'secondFactorNeeded'];
const permits = (action: Action, standings: readonly Standing[]): boolean =>
  standings.some((one) => (PERMISSIONS[action] as readonly Standing[]).includes(one));

/** Said again here in other words than the code's, for the code to be held against. */
function expected(route: string, action: Action, standings: readonly Standing[]) {
  if (permits(action, standings)) return 'past';
  if (!standings.includes('person')) return '401 signIn';
  const insider = [...MEMBERS, 'admin'].some((one) => (standings as string[]).includes(one));
  return /\{(?:salon|thread|picture)\}/.test(route) && !insider ? '404 notFound' : '403 forbidden';
}

async function answerOf(response: Response): Promise<string> {
  if (response.ok) return 'past';
  const code = await codeOf(response.clone());
  return REFUSALS.includes(code) ? `${response.status} ${code}` : 'past';
}

const apps: TestApp[] = [];
afterAll(() => {
  for (const app of apps) app.close();
});
async function freshApp(production = false): Promise<TestApp> {
  let calls = 0;
  // Each request comes from elsewhere: limits by address are not what is asked here.
  const addressOf = () => {
    calls += 1;
    return `10.0.0.${calls}`;
  };
  const app = await createTestApp({ production, deps: { addressOf } });
  apps.push(app);
  return app;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { 'x-action'?: string }>>>>;
}

describe('the list of routes', () => {
  it('is all that the document declares, each with its line of the table', async () => {
    const { visitor } = await freshApp();
    const { paths } = (await (await visitor.get('/api/openapi.json')).json()) as Document;
    const declared = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => [`${method} ${path}`, one['x-action']]),
    );
    expect(Object.fromEntries(declared)).toEqual(ROUTES);
  });

  it('is all that the router serves', async () => {
    const { app } = await freshApp();
    const served = app.routes
      .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
      .map(({ method, path }) => `${method.toLowerCase()} ${path.slice(4)}`)
      .map((route) => route.replace(/:(\w+)/g, '{$1}'));
    expect(new Set(served)).toEqual(new Set([...Object.keys(ROUTES), ...OPEN]));
  });

  it('has a body for every route that takes one', () => {
    expect(Object.keys(BODIES).filter((route) => !(route in ROUTES))).toEqual([]);
  });

  it('uses every line of the table but those of the pages and of the ballot box', () => {
    const unused = Object.keys(PERMISSIONS).filter(
      (action) => !Object.values(ROUTES).includes(action as Action),
    );
    expect(unused).toEqual(['site.read', 'ballot.cast']);
  });
});

describe('every route as everyone', () => {
  /** What the last route left as it was: the next goes on with it. */
  let untouched: Awaited<ReturnType<typeof peopled>> | undefined;
  async function peopled() {
    const t = await freshApp();
    await addOtherSalon(t);
    const cookies: Record<string, string> = {};
    for (const who of Object.keys(PEOPLE)) cookies[who] = who ? (await t.as(who)).cookie : '';
    return { t, cookies, params: demoParams(t) };
  }

  test.each(Object.entries(ROUTES))('%s', async (route, action) => {
    const place = untouched ?? (await peopled());
    untouched = undefined;
    const { t, cookies, params } = place;
    const answers: Record<string, string> = {};
    const first = dumpTexts(t);
    let before = first;
    for (const [who, standings] of Object.entries(PEOPLE)) {
      const response = await callRoute(t, route, params, cookies[who] ?? '');
      const after = dumpTexts(t);
      const answer = await answerOf(response);
      answers[who] = answer;
      if (answer !== 'past') {
        expect(after, `${who} was refused, so nothing may have changed`).toEqual(before);
        expect(response.headers.get('set-cookie')).toBeNull();
        expect(permits(action, standings)).toBe(false);
      }
      before = after;
    }
    const wanted = Object.entries(PEOPLE).map(([who, standings]) => [
      who,
      expected(route, action, standings),
    ]);
    expect(answers).toEqual(Object.fromEntries(wanted));
    if (isDeepStrictEqual(before, first)) untouched = place;
  });
});

/** Which of the demo's secretaries is what is asked for to the thing that the path names. */
const RELATED = Object.entries(ROUTES).flatMap(([route, action]) => {
  if (route === 'delete /salons/{salon}/swaps/{swap}') return [[route, 'shequ4']];
  const relations: readonly Standing[] = ['holder', 'proposer', 'member', 'nominee'];
  const asks = PERMISSIONS[action].some((one) => relations.includes(one));
  return asks ? [[route, 'shantuo']] : [];
});

describe('a relation to the thing opens the door', () => {
  it.each(RELATED)('%s, to %s', async (route = '', who = '') => {
    const t = await freshApp();
    const { cookie } = await t.as(who);
    expect(await answerOf(await callRoute(t, route, demoParams(t), cookie))).toBe('past');
  });

  it('is asked of every such route', () => {
    expect(RELATED).toHaveLength(12);
  });
});

const INSIDE = Object.keys(ROUTES).filter(
  (route) => route.includes('{salon}') && !permits(ROUTES[route] ?? 'site.read', ['visitor']),
);

describe('someone of another salon learns nothing', () => {
  // Nothing is changed here, as each route sees to: one application is enough.
  let t: TestApp;
  let other: Awaited<ReturnType<typeof addOtherSalon>>;
  let params: PathParams;
  let secrets: readonly string[];
  beforeAll(async () => {
    t = await freshApp();
    other = await addOtherSalon(t);
    params = demoParams(t);
    const { sqlite } = t.services.db;
    const all = (sql: string) => sqlite.prepare<[], string>(sql).pluck().all();
    secrets = [
      ...all('SELECT id FROM person UNION SELECT id FROM seat UNION SELECT id FROM salon'),
      ...all('SELECT community FROM seat UNION SELECT name FROM salon'),
      ...all("SELECT name FROM person WHERE user_name NOT LIKE 'qita%'"),
    ];
    expect(secrets.length).toBeGreaterThan(60);
  });

  test.each(INSIDE)('%s', async (route) => {
    const nowhere = { ...params, salon: 'no-such-salon' };
    for (const who of ['qita', 'qitashuji']) {
      const { cookie } = await t.as(who);
      const real = await callRoute(t, route, params, cookie);
      const text = await real.text();
      expect(real.status).toBe(404);
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
      // Word for word what a salon gets that does not exist.
      expect(text).toBe(await (await callRoute(t, route, nowhere, cookie)).text());
    }
    if (!/\{(?:seat|person|number|action|attachment|month|topic|swap|motion|ballot)\}/.test(route))
      return;
    // Nor does a host reach another salon's things under the address of their own salon.
    const { cookie } = await t.as('qita');
    const before = dumpTexts(t);
    const crossed = await callRoute(t, route, { ...params, salon: other.slug }, cookie);
    const entitled = permits(ROUTES[route] ?? 'site.read', ['host', 'reviewer']);
    expect(await answerOf(crossed)).toMatch(entitled ? /^404 notFound$/ : /^40[34] (?:forb|notF)/);
    expect(dumpTexts(t)).toEqual(before);
  });
});

describe('in production', () => {
  const guarded = Object.entries(ROUTES).filter(
    ([, action]) => !permits(action, ['visitor', 'person', 'secretary']),
  );

  test.each(guarded)('%s asks hosts and admins for the second factor', async (route, action) => {
    const t = await freshApp(true);
    const { slug, seat } = await addOtherSalon(t);
    const values = { userName: 'boss', isAdmin: true, createdAt: 0 };
    t.services.db.orm
      .insert(person)
      .values({ id: newId(), name: 'boss', ...values })
      .run();
    const secretary = t.personId('qitashuji');
    const session = addSession(t, { slug, chair: '别处社区' });
    const things = { guest: addGuest(t, session), attachment: addAttachment(t, session) };
    const ballot = addVoidBallot(t, session);
    const number = String(session.number);
    const held = publishedSession(t, slug);
    const own = { seat, person: secretary, id: secretary, number, ballot };
    const params = { salon: slug, ...own, ...things, ...held, ...addRoundOfOthers(t, slug) };
    for (const [who, roles] of [
      // The seat in the chair is on the committee, so that a host leads the ballots.
      ['qita', ['host', 'reviewer', 'presider']],
      ['boss', ['admin']],
    ] as const) {
      const entitled = permits(action, ['visitor', 'person', ...roles]);
      const without = await t.as(who);
      const before = dumpTexts(t);
      const refused = await callRoute(t, route, params, without.cookie);
      if (entitled) expect(await answerOf(refused)).toBe('403 secondFactorNeeded');
      else expect(await answerOf(refused)).toMatch(/^40[34] (?:forbidden|notFound)$/);
      expect(dumpTexts(t)).toEqual(before);
      const withIt = await t.as(who, { secondFactor: true });
      const answer = await answerOf(await callRoute(t, route, params, withIt.cookie));
      if (entitled) expect(answer).toBe('past');
      else expect(answer).toMatch(/^40[34] (?:forbidden|notFound)$/);
    }
  });

  it('knows no session of the demo', async () => {
    const t = await freshApp(true);
    for (const who of ['admin', 'minzheng', 'weiyun']) {
      const { cookie } = await t.as(who, { secondFactor: true });
      const response = await callRoute(t, 'get /me/devices', {}, cookie);
      expect(await answerOf(response)).toBe('401 signIn');
    }
  });
});
