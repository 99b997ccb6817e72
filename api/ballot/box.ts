import { Refused } from '../core/refused.ts';
import { type Closed, factsOf, fingerprintOf, outcomeOf } from './bulletin.ts';
import { Genuine } from './genuine.ts';
import { createKeyKeeper, type KeyKeeper } from './keys.ts';
import { BALLOT } from './refusals.ts';
import { canonical, FEWEST, type Paper, type Rule, SIGNATURE_BYTES } from './rules.ts';
import { withoutContent } from './silence.ts';
import { type BallotRow, BallotStore } from './store.ts';
import type { BallotFacts, BoxOptions, Brief, Outcome, VoidReason, Vote } from './types.ts';

/**
 * The ballot box (salon-rules §6): a secret vote in two phases. Knows seats as mere names to whom a
 * ballot is issued, and nothing of committees. From taking to the bulletin:
 * taking → sealing (the key is destroyed) → casting → counting (the file is rewritten) → closed.
 * Every step can be done again after a stop in the middle of it: see `recover`.
 */
export class BallotBox {
  readonly #store: BallotStore;
  readonly #keys: KeyKeeper;
  readonly #options: BoxOptions;
  /** What is being signed just now, by ballot and seat. */
  readonly #signing = new Map<string, { blinded: string; answer: Promise<string> }>();
  /** The seats that have theirs, by ballot: asked once a second by every page of a meeting. */
  readonly #issued = new Map<string, Set<string>>();
  /** Of closed ballots, which change no more. */
  readonly #briefs = new Map<string, Brief>();
  /** When casting ends, by ballot, on the clock that only goes forward. */
  readonly #ends = new Map<string, number>();
  readonly #genuine: Genuine;
  #settled: (id: string) => void = () => {};

  /** @throws what SQLite throws, or an Error in Chinese for a file of another version */
  constructor(options: BoxOptions) {
    this.#options = options;
    this.#store = new BallotStore(options.file);
    this.#keys = (options.keeper ?? createKeyKeeper)(options.keys);
    this.#genuine = new Genuine(options.monotonic);
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
    await this.#store
      .change(() => this.#store.add(row))
      .catch(async (error) => {
        await this.#keys.destroy(id);
        throw error;
      });
    return fingerprintOf(publicKey);
  }

  /** @returns undefined for one that this file has not */
  facts(id: string): BallotFacts | undefined {
    const row = this.#store.find(id);
    return row && factsOf(row);
  }

  /** The seats that have taken theirs, or are about to. */
  takers(id: string): string[] {
    const signing = [...this.#signing.keys()].map((key) => key.split(' '));
    const seats = signing.flatMap(([ballot, seat = '']) => (ballot === id ? seat : []));
    return [...this.#seatsIssued(id).union(new Set(seats))];
  }

  #seatsIssued(id: string): Set<string> {
    let seats = this.#issued.get(id);
    if (!seats) {
      seats = new Set(this.#store.seatsIssued(id));
      this.#issued.set(id, seats);
    }
    return seats;
  }

  /** Whether a seat is one of them. */
  isTaker(id: string, seat: string): boolean {
    return this.#signing.has(`${id} ${seat}`) || this.#seatsIssued(id).has(seat);
  }

  /** How many have theirs. */
  countTaken(id: string): number {
    return this.#seatsIssued(id).size;
  }

  /**
   * Signs a seat's blinded message; whether the seat is entitled, the caller has asked. The same
   * again gets the same answer, another one nothing.
   * @param blinded base64url
   * @returns the blind signature, base64url
   * @throws {Refused} noBallot, notTaking, otherTaken, badBlinded
   */
  async take(id: string, seat: string, blinded: string): Promise<string> {
    const earlier = this.#store.issuedTo(id, seat);
    if (earlier) return same(earlier.blinded === blinded && earlier.blindSignature);
    if (this.#store.require(id).phase !== 'taking') throw new Refused(BALLOT.notTaking);
    const key = `${id} ${seat}`;
    const running = this.#signing.get(key);
    if (running) return same(running.blinded === blinded && (await running.answer));
    const answer = this.#sign(id, seat, blinded).finally(() => this.#signing.delete(key));
    this.#signing.set(key, { blinded, answer });
    return answer;
  }

  async #sign(id: string, seat: string, blinded: string): Promise<string> {
    const bytes = Buffer.from(blinded, 'base64url');
    if (bytes.length !== SIGNATURE_BYTES) throw new Refused(BALLOT.badBlinded);
    const signed = await this.#keys.sign(id, bytes).catch((error: Error) => error);
    // Where the ballot is voided, or taking closed, the key's thread ends under those who have just come.
    if (this.#store.require(id).phase !== 'taking') throw new Refused(BALLOT.notTaking);
    if (signed instanceof Error) throw signed;
    if (signed === 'badBlinded') throw new Refused(BALLOT.badBlinded);
    if (signed === 'noKey') {
      await this.void(id, 'keyLost');
      throw new Refused(BALLOT.notTaking);
    }
    const blindSignature = Buffer.from(signed).toString('base64url');
    // Only what is stored leaves the server: one signature a seat, whenever it stops.
    await this.#store.change(() => {
      if (this.#store.require(id).phase !== 'taking') throw new Refused(BALLOT.notTaking);
      this.#store.issue({ ballot: id, seat, blinded, blindSignature });
    });
    this.#issued.get(id)?.add(seat);
    return blindSignature;
  }

  /**
   * Taking is over: who is being signed for is waited for, the key is destroyed, then casting begins,
   * or the ballot is void with fewer than three taken. Done again it changes nothing.
   * @param roll 应到 and 实到 in seats, and how long may be cast in milliseconds
   */
  async closeTaking(
    id: string,
    roll: { readonly due: number; readonly attending: number; readonly castingMs: number },
  ): Promise<void> {
    const signing = [...this.#signing].filter(([key]) => key.startsWith(`${id} `));
    await Promise.allSettled(signing.map(([, { answer }]) => answer));
    await this.#store.change(() => {
      if (this.#store.require(id).phase !== 'taking') return;
      const issued = this.#store.countIssued(id);
      this.#store.set(id, { phase: 'sealing', issued, ...roll });
    });
    await this.#seal(id);
  }

  async #seal(id: string): Promise<void> {
    const { phase, issued, castingMs } = this.#store.require(id);
    if (phase !== 'sealing') return;
    await this.#keys.destroy(id);
    if ((issued ?? 0) < FEWEST) return this.void(id, 'tooFew');
    const castUntil = this.#options.clock() + (castingMs ?? 0);
    const begun = await this.#store.step(id, 'sealing', { phase: 'casting', castUntil });
    if (begun) this.#ends.set(id, this.#options.monotonic() + (castingMs ?? 0));
  }

  /**
   * Puts a vote in. The same again is the same; a token casts once.
   * @throws {Refused} noBallot, notYetCasting, castingOver, otherCast, badSignature, badChoice,
   *   tooManyForged
   */
  async cast(vote: Vote): Promise<void> {
    const { ballot: id, token, prefix, signature } = vote;
    const row = this.#store.require(id);
    const choice = canonical(row.paper, vote.choice);
    if (choice === undefined) throw new Refused(BALLOT.badChoice);
    if (this.#isCast(id, token, choice)) return;
    if (row.phase === 'taking' || row.phase === 'sealing') throw new Refused(BALLOT.notYetCasting);
    if (row.phase !== 'casting' || this.#isOver(id)) throw new Refused(BALLOT.castingOver);
    this.#genuine.require(row.publicKey, vote);
    await this.#store.change(() => {
      // While another process held the file, the same vote may have come, or the end.
      if (this.#isCast(id, token, choice)) return;
      if (this.#store.require(id).phase !== 'casting') throw new Refused(BALLOT.castingOver);
      this.#store.cast({ ballot: id, token, prefix, signature, choice });
    });
    if (this.#store.countCast(id) === row.issued) setImmediate(() => this.#goOn(id));
  }

  /** @throws {Refused} otherCast */
  #isCast(id: string, token: string, choice: string): boolean {
    const earlier = this.#store.castWith(id, token);
    // Of a second paper nothing is kept after the close: known is all that can be said of it.
    if ((earlier?.choice ?? choice) !== choice) throw new Refused(BALLOT.otherCast);
    return earlier !== undefined;
  }

  #isOver(id: string): boolean {
    return this.#options.monotonic() >= (this.#ends.get(id) ?? Number.POSITIVE_INFINITY);
  }

  /** Goes on with whatever is due, or was cut off. To be called every second or so. */
  async tick(): Promise<void> {
    for (const id of this.#store.listOpen()) await this.#goOn(id);
  }

  /** What fails is tried again at the next tick. */
  async #goOn(id: string): Promise<void> {
    try {
      const { phase, issued } = this.#store.require(id);
      if (phase === 'sealing') await this.#seal(id);
      const isFull = () => this.#store.countCast(id) === issued;
      const isDue = phase === 'casting' && (this.#isOver(id) || isFull());
      if (isDue || phase === 'counting') await this.#close(id);
    } catch (error) {
      this.#options.log.error({ ballot: id, ...withoutContent(error) }, 'a ballot did not go on');
    }
  }

  /** Casting is over: what was signed goes, and the file is written anew. */
  async #close(id: string): Promise<void> {
    await this.#store.change(() => {
      const row = this.#store.require(id);
      if (row.phase !== 'casting') return;
      this.#store.forgetSigned(id);
      if (row.paper.kind === 'marks') this.#store.summarise(id, row.paper);
      this.#store.set(id, { phase: 'counting' });
    });
    await this.#count(id);
  }

  async #count(id: string): Promise<void> {
    const { phase, issued } = this.#store.require(id);
    if (phase !== 'counting') return;
    if (this.#store.countCast(id) > (issued ?? 0)) return this.void(id, 'tooMany');
    await this.#store.compact();
    if (!(await this.#store.step(id, 'counting', { phase: 'closed' }))) return;
    // Once more, for the ballot's own row: its new version stands elsewhere than the old one.
    await this.#store.compact().finally(() => this.#over(id));
  }

  /** Ends a ballot without a result; what was cast is deleted. One that is over stays as it is. */
  async void(id: string, voidReason: VoidReason): Promise<void> {
    const done = await this.#store.change(() => {
      const { phase } = this.#store.require(id);
      if (phase === 'closed' || phase === 'void') return false;
      this.#store.forgetSigned(id);
      this.#store.forgetVotes(id);
      this.#store.set(id, { phase: 'void', voidReason, summary: null });
      return true;
    });
    if (!done) return;
    await this.#keys.destroy(id);
    await this.#store.compact();
    this.#over(id);
  }

  #over(id: string): void {
    this.#ends.delete(id);
    this.#genuine.forget(id);
    this.#issued.delete(id);
    this.#settled(id);
  }

  /** What came out of a closed ballot, and its bulletin. @returns undefined before the close */
  outcome(id: string): Outcome | undefined {
    const row = this.#store.find(id);
    if (row?.phase !== 'closed') return undefined;
    return outcomeOf(row as BallotRow & Closed, this.#store.votes(id));
  }

  /** The outcome without the papers. @returns undefined before the close */
  brief(id: string): Brief | undefined {
    const known = this.#briefs.get(id);
    const outcome = known ? undefined : this.outcome(id);
    if (!outcome) return known;
    const { votes, summary, hash } = outcome;
    const brief = { received: votes.length, summary, hash };
    this.#briefs.set(id, brief);
    return brief;
  }

  /**
   * At the start: whatever step was cut off is done, keys that outlived their taking are destroyed,
   * ballots without their key are void, and what is overdue is closed.
   */
  async recover(): Promise<void> {
    const rows = this.#store.all();
    const taking = new Set(rows.flatMap(({ id, phase }) => (phase === 'taking' ? id : [])));
    const held = this.#keys.held();
    for (const id of held) if (!taking.has(id)) await this.#keys.destroy(id);
    for (const { id, phase, castUntil, castingMs } of rows) {
      if (phase === 'taking' && !held.includes(id)) await this.void(id, 'keyLost');
      if (phase !== 'casting') continue;
      const left = Math.min((castUntil ?? 0) - this.#options.clock(), castingMs ?? 0);
      this.#ends.set(id, this.#options.monotonic() + left);
    }
    await this.tick();
  }

  /** Whether any ballot is between its first taking and its close. */
  isOpen(): boolean {
    return this.#store.listOpen().length > 0;
  }

  /**
   * Copies the file, for a backup: only while no ballot is open, so that no copy ever says which
   * seat's paper was signed, or what was cast before the close.
   * @param to a file that is not there yet @returns false, with nothing copied, while one is open
   */
  copy(to: string): Promise<boolean> {
    return this.#store.copy(to, () => !this.isOpen());
  }

  /** All that this file knows of. */
  list(): ReturnType<BallotStore['list']> {
    return this.#store.list();
  }

  async stop(): Promise<void> {
    await this.#keys.stop();
    this.#store.close();
  }
}

/** @throws {Refused} otherTaken */
function same(answer: string | null | false): string {
  if (!answer) throw new Refused(BALLOT.otherTaken);
  return answer;
}
