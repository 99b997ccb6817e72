import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../../api/commands/lib/paths.mjs';
import type { Point, Said, Step, Voter } from './ballotChild.ts';
import { type BallotSite, ballotSite, FIRST, prepare, seatsOf, takingSite } from './ballots.ts';
import { COMPILED } from './serverProcess.ts';

export interface Killed {
  readonly dir: string;
  readonly said: readonly Said[];
  readonly signal: NodeJS.Signals | null;
  remove(): void;
}

/**
 * A box in a process of its own on a copy of a folder, until it kills itself.
 * @param killAfter milliseconds after it is ready, for one that is killed from outside
 */
export async function runKilled(
  from: string,
  point: Point | null,
  steps: readonly Step[],
  killAfter?: number,
): Promise<Killed> {
  const dir = mkdtempSync(join(tmpdir(), 'yuanzhuo-ballot-'));
  cpSync(from, dir, { recursive: true });
  const script = inRoot('tests', 'support', 'ballotChild.ts');
  const args = [script, dir, JSON.stringify(point), JSON.stringify(steps)];
  const env = { ...process.env, ...COMPILED };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  let trouble = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    trouble += part;
  });
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    if (text === '' && killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
    text += part;
  });
  const signal = await new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('close', (_, how) => resolve(how));
  });
  if (trouble.includes('Error')) throw new Error(trouble);
  const lines = text.split('\n').slice(0, -1);
  const remove = () => rmSync(dir, { recursive: true, force: true });
  return { dir, said: lines.map((line): Said => JSON.parse(line)), signal, remove };
}

/** The start after a stop, on a copy of what the stop left. */
export async function startAgain(killed: Killed): Promise<BallotSite> {
  const site = ballotSite(killed.dir);
  await site.box.recover();
  return site;
}

/** Files of private keys, and of SQLite besides the database, that are not empty. */
export function leftovers(site: BallotSite): string[] {
  const files = readdirSync(site.dir, { recursive: true, withFileTypes: true });
  return files
    .filter((entry) => entry.isFile() && entry.name !== 'ballots.db')
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).length > 0);
}

export function newVoter(publicKey: string, seat: string): Voter {
  const { token, prefix, blinded, inv } = prepare(publicKey, FIRST, seat);
  const vote = { ballot: FIRST, token, prefix, choice: ['against'] };
  return { seat, blinded, inv: inv.toString(16), vote };
}

export interface Round {
  readonly voters: readonly Voter[];
  readonly killed: Killed;
  readonly site: BallotSite;
}

/** Nineteen take and cast; the process is killed somewhere in it, or a moment later. */
export async function randomRound(killAfter: number): Promise<Round> {
  const fresh = await takingSite();
  await fresh.box.stop();
  const voters = seatsOf(19).map((seat) => newVoter(fresh.publicKey, seat));
  const killed = await runKilled(fresh.dir, null, [{ do: 'story', voters }], killAfter);
  await fresh.remove();
  return { voters, killed, site: await startAgain(killed) };
}
