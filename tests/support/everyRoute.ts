import { UPLOAD_TYPE } from '../../api/files/contract.ts';
import { publishedSession } from './meeting.ts';
import type { TestApp } from './testApp.ts';
import { DEMO, ORIGIN } from './testApp.ts';
import { pdf } from './uploads.ts';

/** What `{id}`, `{seat}` and the like stand for in a path of the OpenAPI document. */
export type PathParams = Readonly<Record<string, string>>;

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
  'post /salons/{salon}/hosts': { name: '新主办', phone: '13900000003' },
};

const ROSTER = '姓名,身份,手机号\n新嘉宾,嘉宾,13900000004\n';

function formOf(route: string): { type: string; body?: string; query?: string } {
  if (route === 'post /salons/{salon}/roster') return { type: 'text/csv', body: ROSTER };
  if (/^post .*\/attachments$/.test(route)) {
    return { type: UPLOAD_TYPE, body: pdf().toString('latin1'), query: '?name=a.pdf' };
  }
  const body = BODIES[route];
  const type = 'application/json';
  return body === undefined ? { type } : { type, body: JSON.stringify(body) };
}

/** Sends one request to a route, in whatever form it takes. */
export async function callRoute(
  { app }: TestApp,
  route: string,
  params: PathParams,
  cookie: string,
): Promise<Response> {
  const [method = '', path = ''] = route.split(' ');
  const url = `${ORIGIN}/api${path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')}`;
  const { type, body, query = '' } = formOf(route);
  return app.request(url + query, {
    method: method.toUpperCase(),
    headers: {
      origin: ORIGIN,
      ...(cookie && { cookie }),
      ...(body !== undefined && { 'content-type': type }),
    },
    ...(body !== undefined && { body }),
  });
}

/**
 * The demo's things that the paths name: a seat, a member who is neither host nor caller, a
 * session with published minutes, chaired by that seat, and an action item of that seat with a
 * file as evidence.
 */
export function demoParams(t: TestApp): PathParams {
  const seat = t.services.db.sqlite
    .prepare<[], string>("SELECT id FROM seat WHERE community = '陕拖社区'")
    .pluck()
    .get();
  const member = t.personId('baoxian');
  const held = publishedSession(t, DEMO);
  return { salon: DEMO, seat: seat ?? '', person: member, id: member, ...held };
}
