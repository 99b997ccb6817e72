import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { CORE, type Refusal, Refused } from '../refused.ts';

/** Bytes. Texts are short; a roster is the largest thing that is read into memory. */
const BODY_LIMIT = 2 * 1024 * 1024;
const JSON_LIMIT = 256 * 1024;
const BODY_TYPES = /^(?:application\/json|text\/csv|application\/vnd\.openxmlformats-)/;

/** Bodies of one type that are let through unread, for a route that streams them to the disk. */
interface Uploads {
  readonly type: string;
  /** Bytes. Held against what is said here, against what comes by whoever reads it. */
  readonly limit: number;
  readonly tooLarge: Refusal;
}

/**
 * What bodies the API takes at all; `endpoint` then asks whether this route takes this type.
 * @throws {Refused} wrongType, tooLarge, or the uploads' own
 */
export function acceptedBody(uploads: Uploads) {
  const limit = bodyLimit({ maxSize: BODY_LIMIT, onError: () => refuse(CORE.tooLarge) });
  return createMiddleware(async (c, next) => {
    const type = c.req.header('content-type');
    const length = Number(c.req.header('content-length') ?? 0);
    if (type === uploads.type) return length > uploads.limit ? refuse(uploads.tooLarge) : next();
    if (type !== undefined && !BODY_TYPES.test(type)) refuse(CORE.wrongType);
    if (type?.startsWith('application/json') && length > JSON_LIMIT) refuse(CORE.tooLarge);
    // Looking for a body makes a whole Request of a light one, which costs more than the answer.
    return c.req.method === 'GET' || c.req.method === 'HEAD' ? next() : limit(c, next);
  });
}

function refuse(refusal: Refusal): never {
  throw new Refused(refusal);
}
