import { addRoundOfOthers } from './standing.ts';
import type { TestApp } from './testApp.ts';
import { DEMO, ORIGIN } from './testApp.ts';

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
  'post /me/notices/read': { upTo: 0 },
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
};

const ROSTER = '姓名,身份,手机号\n新嘉宾,嘉宾,13900000004\n';

/** Sends one request to a route, in whatever form it takes. */
export async function callRoute(
  { app }: TestApp,
  route: string,
  params: PathParams,
  cookie: string,
): Promise<Response> {
  const [method = '', path = ''] = route.split(' ');
  const url = `${ORIGIN}/api${path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')}`;
  const csv = route === 'post /salons/{salon}/roster';
  const body = csv ? ROSTER : JSON.stringify(BODIES[route]);
  return app.request(url, {
    method: method.toUpperCase(),
    headers: {
      origin: ORIGIN,
      ...(cookie && { cookie }),
      ...(body !== undefined && { 'content-type': csv ? 'text/csv' : 'application/json' }),
    },
    ...(body !== undefined && { body }),
  });
}

/**
 * The demo's things that the paths name: a seat, a round, a topic and an offer of others, and a
 * member who is neither host nor caller.
 */
export function demoParams(t: TestApp): PathParams {
  const seat = t.services.db.sqlite
    .prepare<[], string>("SELECT id FROM seat WHERE community = '陕拖社区'")
    .pluck()
    .get();
  const member = t.personId('baoxian');
  const others = addRoundOfOthers(t);
  return { salon: DEMO, seat: seat ?? '', person: member, id: member, ...others };
}
