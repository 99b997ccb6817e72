import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { inRoot } from '../../api/commands/lib/paths.mjs';
import { verifyBulletin } from '../../api/commands/lib/verify-bulletin.mjs';
import { recount } from '../../site/lib/ballots/recount.ts';
import {
  type BallotKey,
  type Bulletin,
  blindVote,
  evaluation,
  makeKey,
  signedVote,
} from './bulletins.ts';

export const BALLOT = 'k3v0000000000000eval';
export const ELECTION = 'k3v0000000000000elec';
export const SECOND = 'k3v0000000000000mark';

/** All that a recount needs; node_modules is not among it. */
const NEEDED = [
  'ballot-verify.mjs',
  'lib/old-node.mjs',
  'lib/ballot-verify.mjs',
  'lib/verify-bulletin.mjs',
  'lib/bulletin-shape.mjs',
  'lib/bulletin-faults.mjs',
  'lib/bulletin-outcome.mjs',
  'lib/rsa-pss.mjs',
];

interface Said {
  readonly code: number;
  readonly output: string;
}

/** The command alone in a folder outside the project. */
function recountFolder() {
  const dir = mkdtempSync(join(tmpdir(), 'recount-'));
  mkdirSync(join(dir, 'lib'));
  for (const file of NEEDED) cpSync(inRoot('api', 'commands', file), join(dir, file));
  const run = (args: readonly string[]): Promise<Said> =>
    new Promise((resolve) => {
      const options = { cwd: dir, env: {} };
      execFile(process.execPath, ['ballot-verify.mjs', ...args], options, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, output: out + err }),
      );
    });
  let files = 0;
  return {
    run,
    verify(
      bulletin: Buffer,
      { receipt, args = [] }: { receipt?: unknown; args?: readonly string[] } = {},
    ): Promise<Said> {
      files += 1;
      const [file, slip] = [`bulletin-${files}.json`, `receipt-${files}.json`];
      writeFileSync(join(dir, file), bulletin);
      if (receipt === undefined) return run([file, ...args]);
      writeFileSync(join(dir, slip), JSON.stringify(receipt));
      return run([file, '--receipt', slip, ...args]);
    },
    close: () => rmSync(dir, { recursive: true }),
  };
}

let made: Promise<{ key: BallotKey; otherKey: BallotKey; honest: Bulletin }> | undefined;

async function makeHonest() {
  const [key, otherKey] = await Promise.all([makeKey(), makeKey()]);
  return { key, otherKey, honest: await honestEvaluation(key) };
}

/** For a test file: the command in a folder of its own; keys and bulletin are made once a process. */
export async function openRecounting() {
  made ??= makeHonest();
  const { key, otherKey, honest } = await made;
  return { folder: recountFolder(), key, otherKey, honest: structuredClone(honest) };
}

/** 12 of 19 against, one not cast. Three papers are taken as voters take them. */
export async function honestEvaluation(key: BallotKey): Promise<Bulletin> {
  const counts = { for: 5, against: 12, abstain: 1 };
  const choices = Object.entries(counts).flatMap(([id, n]) => Array<string[]>(n).fill([id]));
  const votes = await Promise.all(
    choices.map((choice, at) => (at < 3 ? blindVote : signedVote)(key, BALLOT, choice)),
  );
  return evaluation({
    key,
    ballot: BALLOT,
    question: '是否认可选题委员会？',
    votes,
    attending: 19,
  });
}

export const hashOf = (file: Buffer): string => createHash('sha256').update(file).digest('hex');

export function receiptOf(bulletin: Bulletin, at: number, changes: object = {}) {
  const { token = '', prefix = '', signature = '' } = bulletin.votes[at] ?? {};
  const { ballot, fingerprint } = bulletin;
  const format = 'yuanzhuo-receipt-1';
  return { format, ballot, fingerprint, token, prefix, signature, ...changes };
}

/** The kinds of fault that the command and the browser's code find; they must be the same. */
export async function kindsOf(file: Buffer, hash?: string): Promise<string[]> {
  const browser = await recount(Uint8Array.from(file), { hash });
  const kinds = browser.faults.map(({ kind }) => kind);
  expect(verifyBulletin(file, hash).faults.map((fault) => fault.kind)).toEqual(kinds);
  return [...new Set<string>(kinds)];
}
