import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { and, asc, count, eq } from 'drizzle-orm';
import { type BallotFile, openBallotFile } from '../../db/ballots/client.ts';
import * as table from '../../db/ballots/schema.ts';
import type { Log } from '../core/context.ts';
import { patiently } from '../core/patience.ts';
import { Refused } from '../core/refused.ts';
import { type CastVote, type Closed, fingerprintOf, hashOf, writeBulletin } from './bulletin.ts';
import { createKeyKeeper, type KeyKeeper } from './keys.ts';
import { BALLOT } from './refusals.ts';
import {
  type Choice,
  canonical,
  FEWEST,
  type Marks,
  messageOf,
  type Paper,
  type Phase,
  type Rule,
  SALT_BYTES,
  SIGNATURE_BYTES,
  type Summary,
  summarise,
} from './rules.ts';

/** Why a ballot came to nothing. */
export type VoidReason = 'tooFew' | 'tooMany' | 'keyLost' | (string & {});

export interface BallotFacts {
  readonly id: string;
  readonly question: string;
  readonly paper: Paper;
  readonly phase: Phase;
  readonly voidReason: string | null;
  /** SPKI, base64url. */
  readonly publicKey: string;
  readonly fingerprint: string;
  /** Fixed when taking closed. */
  readonly issued: number | null;
  /** Milliseconds since 1970, by the clock on the wall. */
  readonly castUntil: number | null;
}

/** One vote as it is cast: a token that nobody saw, and what is chosen with it. */
export interface Vote {
  readonly ballot: string;
  readonly token: string;
  readonly prefix: string;
  readonly signature: string;
  readonly choice: Choice;
}

export interface Outcome {
  readonly attending: number;
  readonly due: number;
  readonly issued: number;
  readonly votes: readonly CastVote[];
  /** Of a second paper. */
  readonly summary: Summary | null;
  readonly bulletin: string;
  /** SHA-256 of the bulletin, hex. */
  readonly hash: string;
}

export interface BoxOptions {
  readonly file: string;
  /** For the keys; outside database and backups. */
  readonly keys: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Milliseconds that only go forward; the time to cast is measured by it. */
  readonly monotonic: () => number;
  readonly log: Log;
}

type Row = typeof table.ballot.$inferSelect;

/** Forged votes that are looked at in a window, from wherever they come; then nobody casts for a bit. */
const FORGED = 600;
const FORGED_WINDOW_MS = 10_000;

/**
 * The ballot box (salon-rules §6): a secret vote in two phases. Knows seats as mere names to whom a
 * ballot is issued, and nothing of committees. From taking to the bulletin:
 * taking → sealing (the key is destroyed) → casting → counting (the file is rewritten) → closed.
 * Every step can be done again after a stop in the middle of it: see `recover`.
 */
export class BallotBox {
  readonly #file: BallotFile;
  readonly #keys: KeyKeeper;
  readonly #options: BoxOptions;
  /** What is being signed just now, by ballot and seat. */
  readonly #signing = new Map<string, { blinded: string; answer: Promise<string> }>();
  /** When casting ends, by ballot, on the clock that only goes forward. */
  readonly #ends = new Map<string, number>();
  readonly #verifiers = new Map<string, KeyObject>();
  #forged = { since: Number.NEGATIVE_INFINITY, count: 0 };
  #settled: (id: string) => void = () => {};

  /** @throws what SQLite throws, or an Error in Chinese for a file of another version */
  constructor(options: BoxOptions) {
    this.#options = options;
    this.#file = openBallotFile(options.file);
    this.#keys = createKeyKeeper(options.keys);
  }

  /** Calls back whenever a ballot is closed or void; each may come more than once. */
  onSettled(listener: (id: string) => void): void {
    this.#settled = listener;
  }

  /** Makes a ballot and its key, and begins with taking. @returns its key's fingerprint */
  async open(
    id: string,
    asked: { readonly question: string; readonly paper: Paper; readonly rule: Rule },
  ): Promise<string> {
    const publicKey = Buffer.from(await this.#keys.make(id)).toString('base64url');
    const row = { id, ...asked, phase: 'taking' as const, publicKey };
    await patiently(() => this.#file.orm.insert(table.ballot).values(row).run());
    return fingerprintOf(publicKey);
  }

  /** @returns undefined for one that this file has not */
  facts(id: string): BallotFacts | undefined {
    const row = this.#find(id);
    if (!row) return undefined;
    const { question, paper, phase, voidReason, publicKey, issued, castUntil } = row;
    const fingerprint = fingerprintOf(publicKey);
    return { id, question, paper, phase, voidReason, publicKey, fingerprint, issued, castUntil };
  }

  /** The seats that have taken theirs, or are about to. */
  takers(id: string): string[] {
    const stored = this.#file.orm
      .select({ seat: table.issued.seat })
      .from(table.issued)
      .where(eq(table.issued.ballot, id))
      .all();
    const prefix = `${id} `;
    const signing = [...this.#signing.keys()]
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length));
    return [...new Set([...stored.map(({ seat }) => seat), ...signing])];
  }

  /**
   * Signs a seat's blinded message; whether the seat is entitled, the caller has asked. The same
   * again gets the same answer, another one nothing.
   * @param blinded base64url
   * @returns the blind signature, base64url
   * @throws {Refused} noBallot, notTaking, otherTaken, badBlinded
   */
  async take(id: string, seat: string, blinded: string): Promise<string> {
    const earlier = this.#issuedTo(id, seat);
    if (earlier) return same(earlier.blinded === blinded && earlier.blindSignature);
    if (this.#require(id).phase !== 'taking') throw new Refused(BALLOT.notTaking);
    const key = `${id} ${seat}`;
    const running = this.#signing.get(key);
    if (running) return same(running.blinded === blinded && (await running.answer));
    const answer = this.#sign(id, seat, blinded).finally(() => this.#signing.delete(key));
    this.#signing.set(key, { blinded, answer });
    return answer;
  }

  async #sign(id: string, seat: string, blinded: string): Promise<string> {
    const bytes = Buffer.from(blinded, 'base64url');
    const signed =
      bytes.length === SIGNATURE_BYTES ? await this.#keys.sign(id, bytes) : 'badBlinded';
    if (signed === 'badBlinded') throw new Refused(BALLOT.badBlinded);
    if (signed === 'noKey') {
      await this.void(id, 'keyLost');
      throw new Refused(BALLOT.notTaking);
    }
    const blindSignature = Buffer.from(signed).toString('base64url');
    // Only what is stored leaves the server: one signature a seat, whenever it stops.
    await patiently(() =>
      this.#file.orm.transaction(() => {
        if (this.#require(id).phase !== 'taking') throw new Refused(BALLOT.notTaking);
        this.#file.orm
          .insert(table.issued)
          .values({ ballot: id, seat, blinded, blindSignature })
          .run();
      }),
    );
    return blindSignature;
  }

  /**
   * Taking is over: the key is destroyed, then casting begins, or the ballot is void with fewer than
   * three taken. Done again it changes nothing.
   * @param roll 应到 and 实到 in seats, and how long may be cast in milliseconds
   */
  async closeTaking(
    id: string,
    roll: { readonly due: number; readonly attending: number; readonly castingMs: number },
  ): Promise<void> {
    await patiently(() =>
      this.#file.orm.transaction(() => {
        if (this.#require(id).phase !== 'taking') return;
        const issued = this.#rows(table.issued, id);
        this.#set(id, { phase: 'sealing', issued, ...roll });
      }),
    );
    await this.#seal(id);
  }

  async #seal(id: string): Promise<void> {
    const { phase, issued, castingMs } = this.#require(id);
    if (phase !== 'sealing') return;
    await this.#keys.destroy(id);
    if ((issued ?? 0) < FEWEST) return this.void(id, 'tooFew');
    const castUntil = this.#options.clock() + (castingMs ?? 0);
    await patiently(() => this.#set(id, { phase: 'casting', castUntil }));
    this.#ends.set(id, this.#options.monotonic() + (castingMs ?? 0));
  }

  /**
   * Puts a vote in. The same again is the same; a token casts once.
   * @throws {Refused} noBallot, notYetCasting, castingOver, otherCast, badSignature, badChoice,
   *   tooManyForged
   */
  async cast(vote: Vote): Promise<void> {
    const { ballot: id, token, prefix, signature } = vote;
    const row = this.#require(id);
    const choice = canonical(row.paper, vote.choice);
    if (choice === undefined) throw new Refused(BALLOT.badChoice);
    if (this.#isCast(id, token, choice)) return;
    if (row.phase === 'taking' || row.phase === 'sealing') throw new Refused(BALLOT.notYetCasting);
    if (row.phase !== 'casting' || this.#isOver(id)) throw new Refused(BALLOT.castingOver);
    this.#requireGenuine(row, vote);
    await patiently(() =>
      this.#file.orm.transaction(() => {
        // While another process held the file, the same vote may have come, or the end.
        if (this.#isCast(id, token, choice)) return;
        if (this.#require(id).phase !== 'casting') throw new Refused(BALLOT.castingOver);
        this.#file.orm
          .insert(table.cast)
          .values({ ballot: id, token, prefix, signature, choice })
          .run();
      }),
    );
    if (this.#rows(table.cast, id) === row.issued) setImmediate(() => this.#closeSoon(id));
  }

  /** @throws {Refused} otherCast */
  #isCast(id: string, token: string, choice: string): boolean {
    const earlier = this.#file.orm
      .select({ choice: table.cast.choice })
      .from(table.cast)
      .where(and(eq(table.cast.ballot, id), eq(table.cast.token, token)))
      .get();
    // Of a second paper nothing is kept after the close: known is all that can be said of it.
    if (earlier && earlier.choice !== null && earlier.choice !== choice) {
      throw new Refused(BALLOT.otherCast);
    }
    return earlier !== undefined;
  }

  /** @throws {Refused} badSignature, tooManyForged */
  #requireGenuine({ id, publicKey }: Row, { token, prefix, signature }: Vote): void {
    const now = this.#options.monotonic();
    if (now - this.#forged.since > FORGED_WINDOW_MS) this.#forged = { since: now, count: 0 };
    if (this.#forged.count >= FORGED) {
      throw new Refused(BALLOT.tooManyForged, { retryAfter: FORGED_WINDOW_MS / 1000 });
    }
    const key = this.#verifiers.get(id) ?? importKey(publicKey);
    this.#verifiers.set(id, key);
    const message = Buffer.concat([Buffer.from(prefix, 'base64url'), messageOf(id, token)]);
    const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: SALT_BYTES };
    if (verify('sha384', message, { key, ...pss }, Buffer.from(signature, 'base64url'))) return;
    this.#forged.count += 1;
    throw new Refused(BALLOT.badSignature);
  }

  #isOver(id: string): boolean {
    return this.#options.monotonic() >= (this.#ends.get(id) ?? Number.POSITIVE_INFINITY);
  }

  /** Closes what is over. To be called every second or so. */
  async tick(): Promise<void> {
    for (const id of [...this.#ends.keys()]) if (this.#isOver(id)) await this.#close(id);
  }

  #closeSoon(id: string): void {
    this.#close(id).catch((err) => this.#options.log.error({ err }, 'a ballot was not closed'));
  }

  /** Casting is over: what led from a seat to its paper goes, and the file is written anew. */
  async #close(id: string): Promise<void> {
    await patiently(() =>
      this.#file.orm.transaction(() => {
        const row = this.#require(id);
        if (row.phase !== 'casting') return;
        this.#forgetSigned(id);
        if (row.paper.kind === 'marks') this.#summarise(id, row.paper);
        this.#set(id, { phase: 'counting' });
      }),
    );
    await this.#count(id);
  }

  async #count(id: string): Promise<void> {
    const { phase, issued } = this.#require(id);
    if (phase !== 'counting') return;
    if (this.#rows(table.cast, id) > (issued ?? 0)) return this.void(id, 'tooMany');
    await patiently(() => this.#file.compact());
    await patiently(() => this.#set(id, { phase: 'closed' }));
    this.#over(id);
  }

  #forgetSigned(id: string): void {
    this.#file.orm
      .update(table.issued)
      .set({ blinded: null, blindSignature: null })
      .where(eq(table.issued.ballot, id))
      .run();
  }

  #summarise(id: string, paper: Extract<Paper, { kind: 'marks' }>): void {
    const papers = this.#votes(id).map(({ choice }): Marks => JSON.parse(choice ?? ''));
    this.#set(id, { summary: summarise(paper, papers) });
    this.#file.orm.update(table.cast).set({ choice: null }).where(eq(table.cast.ballot, id)).run();
  }

  /** Ends a ballot without a result; what was cast is deleted. Done again it changes nothing. */
  async void(id: string, voidReason: VoidReason): Promise<void> {
    await patiently(() =>
      this.#file.orm.transaction(() => {
        const { phase } = this.#require(id);
        if (phase === 'closed' || phase === 'void') return;
        this.#forgetSigned(id);
        this.#file.orm.delete(table.cast).where(eq(table.cast.ballot, id)).run();
        this.#set(id, { phase: 'void', voidReason });
      }),
    );
    await this.#keys.destroy(id);
    await patiently(() => this.#file.compact());
    this.#over(id);
  }

  #over(id: string): void {
    this.#ends.delete(id);
    this.#verifiers.delete(id);
    this.#settled(id);
  }

  /** What came out of a closed ballot, and its bulletin. @returns undefined before the close */
  outcome(id: string): Outcome | undefined {
    const row = this.#find(id);
    if (row?.phase !== 'closed') return undefined;
    const closed = row as Row & Closed;
    const votes = this.#votes(id);
    const bulletin = writeBulletin(closed, votes);
    const { attending, due, issued, summary } = closed;
    return { attending, due, issued, votes, summary, bulletin, hash: hashOf(bulletin) };
  }

  /**
   * At the start: whatever step was cut off is done, keys that outlived their taking are destroyed,
   * ballots without their key are void, and what is overdue is closed.
   */
  async recover(): Promise<void> {
    const rows = this.#file.orm.select().from(table.ballot).all();
    const taking = new Set(rows.flatMap(({ id, phase }) => (phase === 'taking' ? id : [])));
    const held = this.#keys.held();
    for (const id of held) if (!taking.has(id)) await this.#keys.destroy(id);
    for (const { id, phase, castUntil, castingMs } of rows) {
      if (phase === 'taking' && !held.includes(id)) await this.void(id, 'keyLost');
      if (phase === 'sealing') await this.#seal(id);
      if (phase === 'counting') await this.#count(id);
      if (phase === 'casting') {
        const left = Math.min((castUntil ?? 0) - this.#options.clock(), castingMs ?? 0);
        this.#ends.set(id, this.#options.monotonic() + left);
        if (this.#rows(table.cast, id) === this.#require(id).issued) await this.#close(id);
      }
    }
    await this.tick();
  }

  /** Whether any ballot is between its first taking and its close. */
  isOpen(): boolean {
    const phases = this.#file.orm.select({ phase: table.ballot.phase }).from(table.ballot).all();
    return phases.some(({ phase }) => phase !== 'closed' && phase !== 'void');
  }

  /**
   * Copies the file, for a backup: only while no ballot is open, so that no copy ever says which
   * seat's paper was signed, or what was cast before the close.
   * @param to a file that is not there yet @returns false, with nothing copied, while one is open
   */
  async copy(to: string): Promise<boolean> {
    return patiently(() => {
      if (this.isOpen()) return false;
      this.#file.copy(to);
      return true;
    });
  }

  /** All that this file knows of. */
  list(): { readonly id: string; readonly phase: Phase }[] {
    const { id, phase } = table.ballot;
    return this.#file.orm.select({ id, phase }).from(table.ballot).all();
  }

  async stop(): Promise<void> {
    await this.#keys.stop();
    this.#file.close();
  }

  #find(id: string): Row | undefined {
    return this.#file.orm.select().from(table.ballot).where(eq(table.ballot.id, id)).get();
  }

  /** @throws {Refused} noBallot */
  #require(id: string): Row {
    const row = this.#find(id);
    if (!row) throw new Refused(BALLOT.noBallot);
    return row;
  }

  #set(id: string, values: Partial<Row>): void {
    this.#file.orm.update(table.ballot).set(values).where(eq(table.ballot.id, id)).run();
  }

  #rows(of: typeof table.issued | typeof table.cast, id: string): number {
    const row = this.#file.orm.select({ rows: count() }).from(of).where(eq(of.ballot, id)).get();
    return row?.rows ?? 0;
  }

  #issuedTo(id: string, seat: string): typeof table.issued.$inferSelect | undefined {
    const mine = and(eq(table.issued.ballot, id), eq(table.issued.seat, seat));
    return this.#file.orm.select().from(table.issued).where(mine).get();
  }

  #votes(id: string): CastVote[] {
    const { prefix, token, signature, choice } = table.cast;
    return this.#file.orm
      .select({ prefix, token, signature, choice })
      .from(table.cast)
      .where(eq(table.cast.ballot, id))
      .orderBy(asc(token))
      .all();
  }
}

/** @throws {Refused} otherTaken */
function same(answer: string | null | false): string {
  if (!answer) throw new Refused(BALLOT.otherTaken);
  return answer;
}

const importKey = (publicKey: string): KeyObject =>
  createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' });
