import type { z } from 'zod';
import type { Choice } from '../../../api/ballot/rules.ts';
import type { taken } from '../../../api/salon/ballots/contract.ts';
import { type Prepared, prepare } from '../../support/ballots.ts';
import type { Ask } from '../api/loads.ts';

/** One of the two papers of an evaluation. */
export type Paper = { id: string; publicKey: string };

/** What each voter's browser does by itself: blinds before taking, unblinds before casting. */
export type Voter = { cookie: string; papers: Prepared[] };

export const prepareVoters = (papers: readonly Paper[], cookies: readonly string[]): Voter[] =>
  cookies.map((cookie) => ({
    cookie,
    papers: papers.map(({ id, publicKey }) => prepare(publicKey, id, '')),
  }));

/** @param path of the ballot */
export const taking = (path: string, { cookie, papers: [first, second] }: Voter): Ask => ({
  method: 'POST',
  path: `${path}/take`,
  cookie,
  body: { blinded: first?.blinded, second: second?.blinded },
});

const OPTIONS = ['for', 'against', 'abstain'];

/** Every tenth writes a comment beside the marks. */
const choicesOf = (topics: readonly string[], nth: number): Choice[] => [
  [OPTIONS[nth % OPTIONS.length] ?? ''],
  {
    marks: Object.fromEntries(topics.map((topic, index) => [topic, ((nth + index) % 5) + 1])),
    comment: nth % 10 === 0 ? `第 ${nth} 条意见：多请部门到场。` : '',
  },
];

/**
 * Both votes, as the ballot booth sends them: without a cookie.
 * @param answer to the taking @param topics on the second paper
 */
export function casting(
  { papers }: Voter,
  answer: string,
  topics: readonly string[],
  nth: number,
): Ask[] {
  const { ballot, blindSignature, second }: z.infer<typeof taken> = JSON.parse(answer);
  const signed = [{ ballot, blindSignature }, ...(second ? [second] : [])];
  const choices = choicesOf(topics, nth);
  return papers.map(({ token, prefix, unblind }, index) => {
    const { ballot: id, blindSignature: blind = '' } = signed[index] ?? {};
    const signature = unblind(Buffer.from(blind, 'base64url')).toString('base64url');
    const body = { ballot: id, token, prefix, signature, choice: choices[index] };
    return { method: 'POST', path: '/ballot-box', body };
  });
}
