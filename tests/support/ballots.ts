import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BallotBox } from '../../api/ballot/box.ts';
import {
  type Choice,
  type ChoicePaper,
  type MarksPaper,
  messageOf,
  type Paper,
} from '../../api/ballot/rules.ts';
import type { BoxOptions, Vote } from '../../api/ballot/types.ts';
import { type Blinded, blind } from './blinding.ts';

export const FIRST = 'first000000000000000';
export const SECOND = 'second00000000000000';
export const MINUTE = 60_000;
export const CASTING = 30 * MINUTE;
export const NOW = Date.parse('2024-05-31T16:00:00+08:00');

export const EVALUATION: ChoicePaper = {
  kind: 'choose',
  options: [
    { id: 'for', label: '认可' },
    { id: 'against', label: '反对（不认可）' },
    { id: 'abstain', label: '弃权' },
  ],
  least: 1,
  most: 1,
};
export const MARKS: MarksPaper = {
  kind: 'marks',
  topics: [
    { id: 'topic1', label: '议事厅怎么开' },
    { id: 'topic2', label: '楼道谁来扫' },
  ],
  comment: 300,
};

/** What a browser keeps of what it took. */
export interface Taken {
  readonly seat: string;
  readonly token: string;
  readonly prefix: string;
  /** Base64url. */
  readonly blinded: string;
  readonly signature: string;
}

/** A box on files of its own, with clocks that stand still until they are moved. */
export interface BallotSite {
  readonly dir: string;
  readonly file: string;
  readonly time: { wall: number; monotonic: number };
  readonly logged: object[];
  box: BallotBox;
  /** As a stop of the server and a start. */
  reopen(): Promise<BallotBox>;
  remove(): Promise<void>;
}

export const seatsOf = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `seat${String(index).padStart(16, '0')}`);

/** @param from a folder to begin with a copy of */
export function ballotSite(from?: string): BallotSite {
  const dir = mkdtempSync(join(tmpdir(), 'yuanzhuo-ballot-'));
  if (from) cpSync(from, dir, { recursive: true, preserveTimestamps: true });
  const time = { wall: NOW, monotonic: 1000 };
  const logged: object[] = [];
  const note = (fields: object): void => void logged.push(fields);
  const options: BoxOptions = {
    file: join(dir, 'ballots.db'),
    keys: join(dir, 'ballot-keys'),
    clock: () => time.wall,
    monotonic: () => time.monotonic,
    log: { info: note, warn: note, error: note },
  };
  const site: BallotSite = {
    dir,
    file: options.file,
    time,
    logged,
    box: new BallotBox(options),
    async reopen() {
      await site.box.stop();
      site.box = new BallotBox(options);
      await site.box.recover();
      return site.box;
    },
    async remove() {
      await site.box.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return site;
}

export const openBallot = (
  box: BallotBox,
  id = FIRST,
  paper: Paper = EVALUATION,
): Promise<string> =>
  box.open(id, { question: '对议题小组的半年评议', paper, rule: { kind: 'recall' } });

export interface Prepared extends Pick<Taken, 'seat' | 'token' | 'prefix' | 'blinded'> {
  readonly inv: Blinded['inv'];
  readonly unblind: Blinded['unblind'];
}

/** What a browser does before it asks. */
export function prepare(publicKey: string, id: string, seat: string): Prepared {
  const token = randomBytes(32).toString('base64url');
  const prefix = randomBytes(32);
  const message = Buffer.concat([prefix, messageOf(id, token)]);
  const { blinded, inv, unblind } = blind(Buffer.from(publicKey, 'base64url'), message);
  const texts = { prefix: prefix.toString('base64url'), blinded: blinded.toString('base64url') };
  return { seat, token, ...texts, inv, unblind };
}

export async function take(box: BallotBox, id: string, seat: string): Promise<Taken> {
  const { unblind, inv: _, ...mine } = prepare(box.facts(id)?.publicKey ?? '', id, seat);
  const answer = await box.take(id, seat, mine.blinded);
  const signature = unblind(Buffer.from(answer, 'base64url')).toString('base64url');
  return { ...mine, signature };
}

export const takeAll = (box: BallotBox, id: string, seats: readonly string[]): Promise<Taken[]> =>
  Promise.all(seats.map((seat) => take(box, id, seat)));

export const voteOf = (ballot: string, taken: Taken, choice: Choice): Vote => {
  const { token, prefix, signature } = taken;
  return { ballot, token, prefix, signature, choice };
};

let opened: Promise<string> | undefined;

/** A ballot that is being taken, by nobody so far: one key for every test of a process, as keys take long. */
export async function takingSite(): Promise<BallotSite & { readonly publicKey: string }> {
  opened ??= makeTaking();
  const site = ballotSite(await opened);
  await site.box.recover();
  return Object.assign(site, { publicKey: site.box.facts(FIRST)?.publicKey ?? '' });
}

async function makeTaking(): Promise<string> {
  const site = ballotSite();
  await openBallot(site.box);
  await site.box.stop();
  return site.dir;
}

/** A folder to copy: a ballot of so many seats, all of which have taken, as casting opens. */
export interface CastingFolder {
  readonly dir: string;
  readonly taken: readonly Taken[];
}
const folders = new Map<number, Promise<CastingFolder>>();

/** Made once for every test of a process. */
export function castingFolder(seats: number): Promise<CastingFolder> {
  const made = folders.get(seats) ?? makeCasting(seats);
  folders.set(seats, made);
  return made;
}

async function makeCasting(count: number): Promise<CastingFolder> {
  const site = await takingSite();
  const taken = await takeAll(site.box, FIRST, seatsOf(count));
  const roll = { due: count, attending: count, castingMs: CASTING };
  await site.box.closeTaking(FIRST, roll);
  await site.box.stop();
  return { dir: site.dir, taken };
}

/** A copy of that folder, its clocks as they were, gone on with. */
export async function castingSite(
  seats: number,
): Promise<BallotSite & { readonly taken: readonly Taken[] }> {
  const { dir, taken } = await castingFolder(seats);
  const site = ballotSite(dir);
  await site.box.recover();
  return Object.assign(site, { taken });
}

/** The phase once what goes on by itself has gone on. */
export async function settled(box: BallotBox, id = FIRST): Promise<string | undefined> {
  for (let turn = 0; turn < 50 && box.facts(id)?.phase !== 'closed'; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  return box.facts(id)?.phase;
}
