import { UPLOAD_TYPE } from '../../api/files/contract.ts';
import { calendarFeed } from '../../db/schema/index.ts';
import { addPicture, inThread, seedThread } from './forum.ts';
import { forgetMonths, publishedSession } from './heldMeeting.ts';
import { addAttachment, addGuest, addSession, addVoidBallot } from './months.ts';
import { addRoundOfOthers } from './standing.ts';
import type { TestApp } from './testApp.ts';
import { DEMO, ORIGIN } from './testApp.ts';
import { pdf, png } from './uploads.ts';

/** What `{id}`, `{seat}` and the like stand for in a path of the OpenAPI document. */
export type PathParams = Readonly<Record<string, string>>;

const DRAFT = { title: '', situation: '', tried: '', invite: '', cases: [] };

/** A good body for each route that takes one, so that nothing but permission refuses the request. */
export const BODIES: Readonly<Record<string, unknown>> = {
  'post /sign-in': { login: 'nobody-at-all', password: 'wrong-password' },
  'post /passes/inspect': { pass: 'aaaa-bbbb' },
  'post /passes/redeem': { pass: 'aaaa-bbbb', password: 'violet-otter-lantern-42' },
  'post /reset-requests': { login: 'nobody-at-all' },
  'patch /me': { name: '改过的名字' },
  'put /me/password': { current: 'wrong-password', next: 'violet-otter-lantern-42' },
  'post /me/second-factor': { password: 'wrong-password' },
  'post /me/second-factor/confirm': { code: '000000' },
  'post /me/second-factor/recovery-codes': { password: 'wrong-password' },
  'post /me/second-factor/end': { password: 'wrong-password' },
  'post /me/erase': { password: 'wrong-password' },
  'put /accounts/{id}/active': { active: false },
  'post /salons': { slug: 'brand-new', name: '新沙龙', county: '某县', hostUnit: '某县民政局' },
  'patch /salons/{salon}/settings': { votesPerSeat: 4 },
  'post /salons/{salon}/seats': { community: '新增社区' },
  'post /salons/{salon}/seats/{seat}/hand-over': {
    person: { name: '新书记', phone: '13900000001' },
  },
  'post /salons/{salon}/members': { name: '新学员', phone: '13900000002', role: 'learner' },
  'post /salons/{salon}/hosts': { name: '新主办', phone: '13900000003' },
  'put /salons/{salon}/sessions/{number}/minutes': {
    version: 1,
    summary: '会议情况。',
    conclusions: [{ heading: '', text: '结论。' }],
    recorder: '',
    absences: {},
    actions: [],
  },
  'post /salons/{salon}/sessions/{number}/minutes/corrections': { text: '第二项的时限有误。' },
  'post /salons/{salon}/actions/{action}/progress': { state: 'doing', text: '已经开工' },
  'post /guest-visits/progress': {
    pass: 'aaaa-bbbb-cccc-dddd-eeee-ffff',
    action: 'aaaaaaaaaaaaaaaaaaaa',
    state: 'doing',
    text: '已经开工',
  },
  'post /salons/{salon}/sessions': { date: '2099-11-28', time: '15:00' },
  'patch /salons/{salon}/sessions/{number}': { place: '二楼会议室' },
  'post /salons/{salon}/sessions/{number}/cancel': { reason: '会场另有安排' },
  'put /salons/{salon}/sessions/{number}/agenda': { items: [{ title: '开场', minutes: 5 }] },
  'put /salons/{salon}/sessions/{number}/readings': { readings: [] },
  'put /salons/{salon}/sessions/{number}/current': { item: null },
  'post /salons/{salon}/sessions/{number}/check-in': { code: '000000' },
  'post /salons/{salon}/sessions/{number}/attendance': {
    seat: '00000000000000000000',
    reason: '手机没电',
  },
  'post /salons/{salon}/sessions/{number}/guests': { unit: '县医保局', name: '新嘉宾' },
  'put /salons/{salon}/sessions/{number}/answer': { answer: 'accepted' },
  'post /guest-visits/read': { pass: 'aaaa-bbbb' },
  'post /guest-visits/answer': { pass: 'aaaa-bbbb', answer: 'accepted' },
  'post /guest-visits/check-in': { pass: 'aaaa-bbbb', code: '000000' },
  'post /guest-visits/attachment': { pass: 'aaaa-bbbb', attachment: '0'.repeat(20) },
  'post /me/notices/read': { upTo: 0 },
  // N1
  'put /me/notice-choices': {
    timing: { digest: 'weekly', quietFrom: '22:00', quietUntil: '07:00' },
  },
  'post /notices/unsubscribe': { token: 'none' },
  'post /salons/{salon}/seats/{seat}/leaves': { month: '2099-11' },
  'post /salons/{salon}/swaps': { fromMonth: '2025-02', toMonth: '2025-03' },
  'post /salons/{salon}/swaps/{swap}/answer': { agree: false },
  'put /salons/{salon}/rounds/{month}/vote': { topics: [] },
  'post /salons/{salon}/rounds/{month}/decision': { confirm: [], note: '公布的理由' },
  'post /salons/{salon}/topics': DRAFT,
  'put /salons/{salon}/topics/{topic}': DRAFT,
  'post /salons/{salon}/topics/{topic}/decline': { reason: '不采用的理由' },
  'put /salons/{salon}/topics/{topic}/support': { support: true },
  'post /salons/{salon}/topics/{topic}/schedule': { number: 90 },
  'post /salons/{salon}/sessions/{number}/ballots': { kind: 'evaluation' },
  'post /salons/{salon}/ballots/{ballot}/sign-in/hand': {
    seatId: '00000000000000000000',
    reason: '手机没电',
  },
  'post /salons/{salon}/ballots/{ballot}/take': { blinded: 'A'.repeat(512) },
  'post /salons/{salon}/committee/nominees': { seatId: '0'.repeat(20) },
  'post /salons/{salon}/committee/answer': { accept: true },
  'post /salons/{salon}/motions': { topicId: '0'.repeat(20), reason: '不采用的理由' },

  // The forum: writing.
  'post /salons/{salon}/threads': {
    // The session of today, to which someone is invited.
    place: { kind: 'session', key: '1' },
    title: '微网格长怎么补贴',
    source: '请教各位。',
    asks: true,
    isPublic: false,
  },
  'patch /threads/{thread}': { title: '换一个标题', asks: false },
  'post /threads/{thread}/posts': { source: '我们这样做。' },
  'put /threads/{thread}/posts/{n}': { source: '改过的话。', edits: 0 },
  'post /salons/{salon}/forum/preview': { source: '预览' },
  'put /salons/{salon}/forum/drafts': { place: 'new', title: '', source: '草稿' },

  // The forum: reading.
  'put /threads/{thread}/read': { n: 1 },
  'put /threads/{thread}/follow': { level: 'follow' },

  // The forum: moderation.

  // Notices: choices and mail.

  // Notices: webhooks.
};

/** Of the routes that take something else than JSON. */
const OTHER_BODIES: Readonly<Record<string, { type: string; body: BodyInit; query?: string }>> = {
  'post /salons/{salon}/pictures': { type: UPLOAD_TYPE, body: new Uint8Array(png(4, 4)) },
  'post /salons/{salon}/roster': {
    type: 'text/csv',
    body: '姓名,身份,手机号\n新嘉宾,嘉宾,13900000004\n',
  },
  'post /salons/{salon}/sessions/{number}/attachments': {
    type: UPLOAD_TYPE,
    body: pdf().toString('latin1'),
    query: '?name=a.pdf',
  },
  'post /salons/{salon}/actions/{action}/attachments': {
    type: UPLOAD_TYPE,
    body: pdf().toString('latin1'),
    query: '?name=a.pdf',
  },
};

const DRAFT_PLACE = '?place=new';
/** Of the routes that ask for one and take no body. */
const QUERIES: Readonly<Record<string, string>> = {
  'get /salons/{salon}/forum/drafts': DRAFT_PLACE,
  'delete /salons/{salon}/forum/drafts': DRAFT_PLACE,
};

/** Minutes are those of a session that is over; a file of an action item is its evidence. */
function paramOf(path: string, name: string): string {
  if (name === 'number' && path.includes('/minutes')) return 'published';
  return name === 'attachment' && path.includes('/actions/') ? 'evidence' : name;
}

/** Sends one request to a route, in whatever form it takes. */
export async function callRoute(
  { app }: TestApp,
  route: string,
  params: PathParams,
  cookie: string,
): Promise<Response> {
  const [method = '', path = ''] = route.split(' ');
  const url = `${ORIGIN}/api${path.replace(/\{(\w+)\}/g, (_, name: string) => params[paramOf(path, name)] ?? '')}`;
  const json = BODIES[route];
  const sent =
    OTHER_BODIES[route] ??
    (json === undefined ? undefined : { type: 'application/json', body: JSON.stringify(json) });
  return app.request(`${url}${OTHER_BODIES[route]?.query ?? QUERIES[route] ?? ''}`, {
    method: method.toUpperCase(),
    headers: {
      origin: ORIGIN,
      ...(cookie && { cookie }),
      ...(sent && { 'content-type': sent.type }),
    },
    ...(sent && { body: sent.body }),
  });
}

/**
 * What the paths name: of the demo a seat and a member who is no host; a session of today and one
 * that is over, with an action item. Both jingyi chairs, and yibao is invited to both. And a round,
 * a topic and an offer of others; and a thread of members beside the session of today.
 */
export function demoParams(t: TestApp): PathParams {
  const seat = t.services.db.sqlite
    .prepare<[], string>("SELECT id FROM seat WHERE community = '陕拖社区'")
    .pluck()
    .get();
  const member = t.personId('baoxian');
  forgetMonths(t);
  const session = addSession(t, { chair: '景翼社区' });
  addGuest(t, session, { personId: t.personId('yibao') });
  const guest = addGuest(t, session, { name: '嘉宾乙' });
  const number = String(session.number);
  const attachment = addAttachment(t, session);
  const known = { chair: '景翼社区', invited: t.personId('yibao') };
  const held = publishedSession(t, DEMO, known);
  const ballot = addVoidBallot(t, session);
  const things = { seat: seat ?? '', number, guest, attachment, ballot, ...held };
  const aside = { placeKind: 'session', placeKey: session.id } as const;
  const picture = addPicture(t);
  const html = `<p>旁边的话<img src="/api/pictures/${picture}" alt="" /></p>`;
  const thread = seedThread(t, { place: aside, isPublic: false, posts: [{ html }] });
  inThread(t, picture, thread);
  const forum = { thread, n: '1', picture, kind: 'case', key: 'weiwang-shige' };
  const own = { salon: DEMO, person: member, id: member, secret: addFeed(t, member) };
  return { ...own, ...things, ...forum, ...addRoundOfOthers(t) };
}

/** A calendar address. @returns its secret */
function addFeed({ services }: TestApp, personId: string): string {
  const secret = 'aaaa-bbbb-cccc-dddd-eeee-ffff';
  const digest = services.secret.digest('calendar', secret);
  services.db.orm.insert(calendarFeed).values({ personId, digest, createdAt: 0 }).run();
  return secret;
}
