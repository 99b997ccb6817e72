import type { Context } from '../context.ts';

/**
 * What a route answers every visitor alike. Whole, headers and all: nothing on the way out touches
 * it, since a response whose headers were touched is sent as a stream, at several times the cost.
 */
export interface PublicAnswer {
  /** A text, which goes out in one piece with the headers; bytes would be a second write. */
  readonly body: string;
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What one request carries from middleware to route. */
export interface ApiEnv {
  Variables: {
    ctx: Context;
    requestId: string;
    publicAnswer?: PublicAnswer;
    /** Brings every header that it needs: the same for an answer that is one person's. */
    whole?: true;
  };
}
