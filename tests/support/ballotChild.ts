import { createRequire, syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { BallotBox } from '../../api/ballot/box.ts';
import { BallotStore } from '../../api/ballot/store.ts';
import type { Vote } from '../../api/ballot/types.ts';
import { silentLog } from '../../api/core/log.ts';
import { CASTING, FIRST, NOW, openBallot } from './ballots.ts';
import { modulusOf, toBytes, toInt } from './blinding.ts';

/**
 * A ballot box in a process of its own, which kills itself at a point. Run with the folder, the
 * point and the steps as arguments; prints a line for each thing that a voter was answered.
 */
export interface Point {
  /** Of the store; or rm: the name of the key's file goes. */
  readonly method: 'add' | 'issue' | 'change' | 'compact' | 'step' | 'cast' | 'rm';
  readonly when: 'before' | 'after';
  /** From 1. */
  readonly nth: number;
}
export type Step =
  | { readonly do: 'open'; readonly id: string }
  | { readonly do: 'take'; readonly seat: string; readonly blinded: string }
  | { readonly do: 'closeTaking' | 'void' | 'timeOver' }
  | { readonly do: 'cast'; readonly vote: Vote }
  /** Everything at once: the seats take, and each casts as soon as taking is closed. */
  | { readonly do: 'story'; readonly voters: readonly Voter[] };
export interface Voter {
  readonly seat: string;
  readonly blinded: string;
  /** Hex. */
  readonly inv: string;
  readonly vote: Omit<Vote, 'signature'>;
}
export interface Said {
  readonly seat?: string;
  readonly answer?: string;
  readonly cast?: string;
  readonly ready?: true;
  readonly survived?: true;
}

type Call = (...args: unknown[]) => unknown;

/** Kills this process before or after the nth call of a method. */
export function killAt(target: object, { method, when, nth }: Point): void {
  const original: Call = Reflect.get(target, method);
  let calls = 0;
  const wrapped = async function (this: unknown, ...args: unknown[]): Promise<unknown> {
    const result = await Reflect.apply(original, this, args);
    process.kill(process.pid, 'SIGKILL');
    return result;
  };
  Reflect.set(target, method, function (this: unknown, ...args: unknown[]): unknown {
    calls += 1;
    if (calls !== nth) return Reflect.apply(original, this, args);
    if (when === 'after') return Reflect.apply(wrapped, this, args);
    return process.kill(process.pid, 'SIGKILL');
  });
}

const say = (line: Said): boolean => process.stdout.write(`${JSON.stringify(line)}\n`);

async function follow(box: BallotBox, step: Step, time: { monotonic: number }): Promise<void> {
  if (step.do === 'open') await openBallot(box, step.id);
  if (step.do === 'take') {
    say({ seat: step.seat, answer: await box.take(FIRST, step.seat, step.blinded) });
  }
  if (step.do === 'closeTaking') await box.closeTaking(FIRST, ROLL);
  if (step.do === 'void') await box.void(FIRST, 'restored');
  if (step.do === 'timeOver') {
    time.monotonic += CASTING;
    await box.tick();
  }
  if (step.do === 'cast') {
    await box.cast(step.vote);
    say({ cast: step.vote.token });
  }
  if (step.do === 'story') await story(box, step.voters);
}

const ROLL = { due: 19, attending: 19, castingMs: CASTING };

async function story(box: BallotBox, voters: readonly Voter[]): Promise<void> {
  const modulus = modulusOf(Buffer.from(box.facts(FIRST)?.publicKey ?? '', 'base64url'));
  const n = toInt(modulus);
  const signatures = await Promise.all(
    voters.map(async ({ seat, blinded, inv }) => {
      const answer = await box.take(FIRST, seat, blinded);
      say({ seat, answer });
      const value = (toInt(Buffer.from(answer, 'base64url')) * BigInt(`0x${inv}`)) % n;
      return toBytes(value, modulus.length).toString('base64url');
    }),
  );
  await box.closeTaking(FIRST, ROLL);
  for (const [index, { vote }] of voters.entries()) {
    await box.cast({ ...vote, signature: signatures[index] ?? '' });
    say({ cast: vote.token });
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** When this file is what the process was started with. */
if (import.meta.main) {
  const [dir = '', point = 'null', steps = '[]'] = process.argv.slice(2);
  const time = { monotonic: 0 };
  const at: Point | null = JSON.parse(point);
  if (at?.method === 'rm') {
    killAt(createRequire(import.meta.url)('node:fs/promises'), at);
    syncBuiltinESMExports();
  }
  const box = new BallotBox({
    file: join(dir, 'ballots.db'),
    keys: join(dir, 'ballot-keys'),
    clock: () => NOW,
    monotonic: () => time.monotonic,
    log: silentLog,
  });
  await box.recover();
  if (at && at.method !== 'rm') killAt(BallotStore.prototype, at);
  say({ ready: true });
  for (const step of JSON.parse(steps) as Step[]) await follow(box, step, time);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await box.stop();
  say({ survived: true });
}
