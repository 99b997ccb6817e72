export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** What the server refused, or that it could not be reached, in words for the person. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  /** e.g. wrongLogin; `offline` where there was no answer. */
  readonly code: string;
  /** 0 where there was no answer. */
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  /** Seconds. */
  readonly retryAfter: number | undefined;

  constructor(about: {
    code: string;
    status: number;
    title: string;
    detail: string;
    errors?: readonly FieldError[];
    retryAfter?: number;
  }) {
    super(about.title);
    this.code = about.code;
    this.status = about.status;
    this.title = about.title;
    this.detail = about.detail;
    this.errors = about.errors ?? [];
    this.retryAfter = about.retryAfter;
  }
}

const OFFLINE = {
  code: 'offline',
  status: 0,
  title: '没能连上',
  detail: '多半是网络断了。您填的都还在，连上网络后再按一次。',
};

/** What a refusal says. */
export async function problemOf(
  response: Pick<Response, 'status' | 'headers' | 'text'>,
): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get('retry-after') ?? 0);
  const body = await response.text();
  try {
    const { type, title, detail, errors } = JSON.parse(body);
    const code = String(type).replace('urn:yuanzhuo:problem:', '');
    return new ApiProblem({ code, status: response.status, title, detail, errors, retryAfter });
  } catch {
    const title = '服务器暂时不能用';
    const detail = '请过一会儿再试；若一直这样，请告诉管理员。';
    return new ApiProblem({ code: 'internal', status: response.status, title, detail });
  }
}

/**
 * Waits for an answer.
 * @returns its JSON
 * @throws {ApiProblem} for a refusal, or when there was no answer
 */
export async function ask<R extends Pick<Response, 'ok' | 'json' | 'status' | 'headers' | 'text'>>(
  request: Promise<R>,
): Promise<Awaited<ReturnType<R['json']>>> {
  const response = await request.catch(() => {
    throw new ApiProblem(OFFLINE);
  });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Awaited<ReturnType<R['json']>>;
}
