import type { z } from 'zod';
import type { boxFacts, castInput } from '../../../api/ballot/contract.ts';
import { ask } from '../answer.ts';

export type BoxFacts = z.infer<typeof boxFacts>;
export type Choice =
  | readonly string[]
  | { readonly marks: Readonly<Record<string, number>>; readonly comment: string };
export type Vote = Omit<z.infer<typeof castInput>, 'choice'> & { readonly choice: Choice };
export type Paper = BoxFacts['paper'];

/** Nothing that says who asks: no cookie, no address of the page. */
const ANONYMOUS = {
  credentials: 'omit',
  cache: 'no-store',
  referrerPolicy: 'no-referrer',
} as const satisfies RequestInit;

/**
 * What anybody may know of a ballot, asked as anybody.
 * @throws {ApiProblem}
 */
export const readBox = (ballot: string): Promise<BoxFacts> =>
  ask<Answer<BoxFacts>>(fetch(`/ballot-box/${encodeURIComponent(ballot)}`, ANONYMOUS));

/**
 * Puts a vote in; the same again is the same.
 * @throws {ApiProblem}
 */
export const putIn = (vote: Vote): Promise<{ done: true }> =>
  ask<Answer<{ done: true }>>(
    fetch('/ballot-box', {
      ...ANONYMOUS,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(vote),
    }),
  );

type Answer<T> = Omit<Response, 'json'> & { json(): Promise<T> };
