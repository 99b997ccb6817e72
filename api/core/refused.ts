import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** One kind of refusal: stable code, status, and what the person reads. */
export interface Refusal {
  readonly code: string;
  readonly status: ContentfulStatusCode;
  /** What happened. */
  readonly title: string;
  /** What to do. */
  readonly detail: string;
}

export interface FieldError {
  /** JSON pointer into the body, or the name of a parameter. */
  readonly path: string;
  readonly message: string;
}

export interface RefusedOptions {
  readonly errors?: readonly FieldError[];
  /** Seconds until it is worth trying again. */
  readonly retryAfter?: number;
  /** Replaces the kind's detail where the case at hand needs its own words. */
  readonly detail?: string;
}

/** Thrown by verbs; the transaction rolls back, and one mapper makes the answer of it. */
export class Refused extends Error {
  override name = 'Refused';
  readonly refusal: Refusal;
  readonly options: RefusedOptions;

  constructor(refusal: Refusal, options: RefusedOptions = {}) {
    super(refusal.code);
    this.refusal = refusal;
    this.options = options;
  }
}

/** Declares a capability's refusals; the key is the code. */
export function refusals<K extends string>(
  table: Readonly<Record<K, readonly [ContentfulStatusCode, title: string, detail: string]>>,
): Readonly<Record<K, Refusal>> {
  const entries = Object.entries(table) as [K, (typeof table)[K]][];
  const made = entries.map(([code, [status, title, detail]]): [K, Refusal] => [
    code,
    { code, status, title, detail },
  ]);
  return Object.fromEntries(made) as Record<K, Refusal>;
}

/** Refusals that any capability may give. */
export const CORE = refusals({
  badRequest: [400, '请求有误', '网址或请求的写法不对，请刷新页面后重试。'],
  badJson: [400, '请求有误', '发来的内容不是有效的 JSON,请刷新页面后重试。'],
  signIn: [401, '请先登录', '登录后才能继续；如果刚才还登录着，可能已经过期，请重新登录。'],
  foreignOrigin: [403, '来源不符', '这次操作不是从本站页面发出的，已拒绝；请从本站页面重试。'],
  forbidden: [403, '没有权限', '您的身份不能做这件事；如需办理，请联系主办单位。'],
  notFound: [404, '未找到', '没有这项内容，或者您无权查看；请检查网址。'],
  conflict: [409, '已有变化', '这项内容刚刚被别人改动过，请刷新页面后重试。'],
  replayMismatch: [409, '重复的请求编号', '同一个请求编号已用于别的操作，请刷新页面后重试。'],
  tooLarge: [413, '内容太大', '发来的内容超过了上限，请缩短后重试。'],
  wrongType: [415, '内容类型不对', '请用这个接口说明里写的内容类型发送。'],
  invalid: [422, '填写有误', '请按提示改正后再提交。'],
  tooMany: [429, '操作太频繁', '请稍等片刻再试。'],
  busy: [503, '暂时繁忙', '数据库正被占用，什么也没有改动；请过几秒再试一次。'],
  diskFull: [507, '磁盘已满', '服务器磁盘没有空间了，什么也没有改动；请联系管理员。'],
});
