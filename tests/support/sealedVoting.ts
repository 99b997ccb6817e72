import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Choice } from '../../api/ballot/rules.ts';
import type { Vote } from '../../api/ballot/types.ts';
import { type Prepared, prepare, voteOf } from './ballots.ts';
import type { Voting } from './voting.ts';

/** Voters of a whole application, with the fast blinding. */

/** What a voter's browser made: of each paper of the ballot. */
export interface Slip {
  readonly login: string;
  readonly ballot: string;
  readonly papers: readonly (Prepared & { readonly ballot: string })[];
}

export interface Signed extends Slip {
  /** Of each paper, base64url. */
  readonly blindSignatures: readonly string[];
  readonly signatures: readonly string[];
}

interface Answered {
  readonly blindSignature: string;
  readonly second: { readonly blindSignature: string } | null;
}

export function makeSlip(v: Voting, ballot: string, login: string): Slip {
  const { sqlite } = v.t.services.db;
  const secondId = sqlite.prepare('SELECT second_id FROM ballot WHERE id = ?').pluck().get(ballot);
  const papers = [ballot, secondId].flatMap((id) => {
    const publicKey = typeof id === 'string' && v.t.services.ballots.facts(id)?.publicKey;
    return typeof id === 'string' && publicKey
      ? { ...prepare(publicKey, id, login), ballot: id }
      : [];
  });
  return { login, ballot, papers };
}

export const takeBody = ({ papers: [first, second] }: Slip) => ({
  blinded: first?.blinded,
  ...(second && { second: second.blinded }),
});

export const takeSlip = (v: Voting, slip: Slip): Promise<Response> =>
  v.send(slip.login, 'POST', `/ballots/${slip.ballot}/take`, takeBody(slip));

export function finishSlip(slip: Slip, { blindSignature, second }: Answered): Signed {
  const blindSignatures = [blindSignature, second?.blindSignature ?? ''];
  const signatures = slip.papers.map(({ unblind }, index) =>
    unblind(Buffer.from(blindSignatures[index] ?? '', 'base64url')).toString('base64url'),
  );
  return { ...slip, blindSignatures: blindSignatures.filter(Boolean), signatures };
}

/** @throws where it is refused */
export async function signSlip(v: Voting, slip: Slip): Promise<Signed> {
  const answer = await takeSlip(v, slip);
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return finishSlip(slip, (await answer.json()) as Answered);
}

/** Signs in and takes, all at once. */
export async function takeAtOnce(
  v: Voting,
  ballot: string,
  logins: readonly string[],
): Promise<Signed[]> {
  await Promise.all(logins.map((login) => v.signIn(ballot, login)));
  return Promise.all(logins.map((login) => signSlip(v, makeSlip(v, ballot, login))));
}

/** @param paper 0 or 1 */
export function voteWith({ papers, signatures }: Signed, choice: Choice, paper = 0): Vote {
  const [one, signature] = [papers[paper], signatures[paper]];
  if (!one || !signature) throw new Error('this paper was not taken');
  return voteOf(one.ballot, { ...one, signature }, choice);
}

export const castVote = ({ t }: Voting, vote: Vote): Promise<Response> =>
  Promise.resolve(
    t.app.request('http://localhost/ballot-box', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(vote),
    }),
  );

/** Where files are looked at without their server. */
export function copyOf(dir: string): { readonly dir: string; remove(): void } {
  const copy = mkdtempSync(join(tmpdir(), 'yuanzhuo-copy-'));
  cpSync(dir, copy, { recursive: true });
  return { dir: copy, remove: () => rmSync(copy, { recursive: true, force: true }) };
}
