import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { CORE, type FieldError, type Refusal, Refused } from './refused.ts';

/** RFC 9457 problem details, and the members of our own. */
export interface Problem {
  /** Stable: `urn:yuanzhuo:problem:` and the refusal's code. */
  readonly type: string;
  readonly status: ContentfulStatusCode;
  /** What happened. */
  readonly title: string;
  /** What to do. */
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  /** For errors that no one foresaw only, to be found again in the server's log. */
  readonly requestId?: string;
}

function answer(problem: Problem, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      ...headers,
    },
  });
}

const base = ({ code, ...rest }: Refusal): Problem => ({
  type: `urn:yuanzhuo:problem:${code}`,
  ...rest,
});

export function refusedProblem({ refusal, options }: Refused): Response {
  const { errors, detail, retryAfter } = options;
  const problem = { ...base(refusal), ...(detail && { detail }), ...(errors && { errors }) };
  return answer(problem, retryAfter ? { 'retry-after': String(Math.ceil(retryAfter)) } : {});
}

export const notFoundProblem = (): Response =>
  refusedProblem(new Refused(CORE.notFound, { detail: '没有这个接口，请检查网址。' }));

export const badRequestProblem = (): Response =>
  refusedProblem(new Refused(CORE.badRequest, { detail: '网址写法不对，请检查后重试。' }));

/** @param allowed the methods that the address does take, e.g. `GET, HEAD` */
export const methodProblem = (allowed: string): Response =>
  answer(
    base({
      code: 'methodNotAllowed',
      status: 405,
      title: '方法不允许',
      detail: `这个网址只接受 ${allowed} 请求。`,
    }),
    { allow: allowed },
  );

export const serverProblem = (requestId: string): Response =>
  answer({
    ...base({
      code: 'internal',
      status: 500,
      title: '服务器出错',
      detail: '服务器遇到意外错误，请稍后重试；若反复出现，请把请求编号告诉管理员。',
    }),
    requestId,
  });
