import { hc } from 'hono/client';
import type { Api } from '../../api/contract.ts';

/** The one typed client. Addresses and shapes are the API's own; see /api/docs. */
export const api = hc<Api>('/api');

export { ApiProblem, ask, type FieldError, problemOf } from './answer.ts';

/** Of one thing that someone wants done; the same for each retry of it. */
export const newRequestKey = (): string => crypto.randomUUID();

/** Makes a write safe to repeat: the server does it once under one key. */
export const once = (key: string) => ({ headers: { 'idempotency-key': key } });
