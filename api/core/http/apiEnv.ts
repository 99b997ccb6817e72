import type { Context } from '../context.ts';

/** What a route answers everybody alike, before it becomes a response. */
export interface PublicAnswer {
  /** A text, which goes out in one piece with the headers; bytes would be a second write. */
  readonly body: string;
  readonly etag: string;
}

/** What one request carries from middleware to route. */
export interface ApiEnv {
  Variables: { ctx: Context; requestId: string; publicAnswer?: PublicAnswer };
}
