import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** RFC 9457 problem details. `title` names the kind of problem, `detail` says what to do. */
export interface Problem {
  readonly status: ContentfulStatusCode;
  readonly title: string;
  readonly detail: string;
  /** Given for unknown errors only, to be found again in the server's log. */
  readonly requestId?: string;
}

/** `type` is about:blank: the status code already says all that a program needs. */
export function problem(
  { status, title, detail, requestId }: Problem,
  headers: Record<string, string> = {},
): Response {
  const body = { type: 'about:blank', status, title, detail, ...(requestId && { requestId }) };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      ...headers,
    },
  });
}

export const notFoundProblem = (): Response =>
  problem({ status: 404, title: '未找到', detail: '没有这个接口，请检查网址。' });

export const badRequestProblem = (): Response =>
  problem({ status: 400, title: '请求有误', detail: '网址写法不对，请检查后重试。' });

/** @param allowed the methods that the address does take, e.g. `GET, HEAD` */
export const methodProblem = (allowed: string): Response =>
  problem(
    { status: 405, title: '方法不允许', detail: `这个网址只接受 ${allowed} 请求。` },
    { allow: allowed },
  );

export const serverProblem = (requestId: string): Response =>
  problem({
    status: 500,
    title: '服务器出错',
    detail: '服务器遇到意外错误，请稍后重试；若反复出现，请把请求编号告诉管理员。',
    requestId,
  });
