import { and, asc, count, eq } from 'drizzle-orm';
import { type BallotFile, openBallotFile } from '../../db/ballots/client.ts';
import * as table from '../../db/ballots/schema.ts';
import { patiently } from '../core/patience.ts';
import { Refused } from '../core/refused.ts';
import type { CastVote } from './bulletin.ts';
import { BALLOT } from './refusals.ts';
import { type Marks, type MarksPaper, type Phase, summarise } from './rules.ts';

export type BallotRow = typeof table.ballot.$inferSelect;
export type IssuedRow = typeof table.issued.$inferSelect;
type CastRow = typeof table.cast.$inferSelect;

/** The ballots' file as the box asks for it. */
export class BallotStore {
  readonly #file: BallotFile;

  /** @throws what SQLite throws, or an Error in Chinese for a file of another version */
  constructor(file: string) {
    this.#file = openBallotFile(file);
  }

  get #orm(): BallotFile['orm'] {
    return this.#file.orm;
  }

  /** One transaction, tried again while another process holds the file. */
  change<T>(work: () => T): Promise<T> {
    return patiently(() => this.#orm.transaction(work));
  }

  /** Rewrites the whole file in the order of its keys. */
  compact(): Promise<void> {
    return patiently(() => this.#file.compact());
  }

  /** @param may asked at the moment of the copy @returns whether it was made */
  copy(to: string, may: () => boolean): Promise<boolean> {
    return patiently(() => {
      if (!may()) return false;
      this.#file.copy(to);
      return true;
    });
  }

  close(): void {
    this.#file.close();
  }

  add(row: typeof table.ballot.$inferInsert): void {
    this.#orm.insert(table.ballot).values(row).run();
  }

  find(id: string): BallotRow | undefined {
    return this.#orm.select().from(table.ballot).where(eq(table.ballot.id, id)).get();
  }

  /** @throws {Refused} noBallot */
  require(id: string): BallotRow {
    const row = this.find(id);
    if (!row) throw new Refused(BALLOT.noBallot);
    return row;
  }

  set(id: string, values: Partial<BallotRow>): void {
    this.#orm.update(table.ballot).set(values).where(eq(table.ballot.id, id)).run();
  }

  /** Into another phase. @returns false where it has left this one meanwhile */
  step(id: string, from: Phase, values: Partial<BallotRow>): Promise<boolean> {
    const still = and(eq(table.ballot.id, id), eq(table.ballot.phase, from));
    const update = this.#orm.update(table.ballot).set(values).where(still);
    return this.change(() => update.run().changes === 1);
  }

  all(): BallotRow[] {
    return this.#orm.select().from(table.ballot).all();
  }

  list(): { readonly id: string; readonly phase: Phase }[] {
    const { id, phase } = table.ballot;
    return this.#orm.select({ id, phase }).from(table.ballot).all();
  }

  /** Those that are neither closed nor void. */
  listOpen(): string[] {
    const isOver = (phase: Phase): boolean => phase === 'closed' || phase === 'void';
    return this.list().flatMap(({ id, phase }) => (isOver(phase) ? [] : id));
  }

  issue(row: IssuedRow): void {
    this.#orm.insert(table.issued).values(row).run();
  }

  issuedTo(id: string, seat: string): IssuedRow | undefined {
    const mine = and(eq(table.issued.ballot, id), eq(table.issued.seat, seat));
    return this.#orm.select().from(table.issued).where(mine).get();
  }

  seatsIssued(id: string): string[] {
    const { ballot, seat } = table.issued;
    const rows = this.#orm.select({ seat }).from(table.issued).where(eq(ballot, id)).all();
    return rows.map((row) => row.seat);
  }

  /** It tells nothing of a paper, unless a browser’s random numbers were poor. */
  forgetSigned(id: string): void {
    this.#orm
      .update(table.issued)
      .set({ blinded: null, blindSignature: null })
      .where(eq(table.issued.ballot, id))
      .run();
  }

  cast(row: CastRow): void {
    this.#orm.insert(table.cast).values(row).run();
  }

  /** What was cast with a token. */
  castWith(id: string, token: string): Pick<CastRow, 'choice'> | undefined {
    const its = and(eq(table.cast.ballot, id), eq(table.cast.token, token));
    return this.#orm.select({ choice: table.cast.choice }).from(table.cast).where(its).get();
  }

  /** Of second papers the totals stay, and no paper. */
  summarise(id: string, paper: MarksPaper): void {
    const papers = this.votes(id).map(({ choice }): Marks => JSON.parse(choice ?? ''));
    this.set(id, { summary: summarise(paper, papers) });
    this.#orm.update(table.cast).set({ choice: null }).where(eq(table.cast.ballot, id)).run();
  }

  forgetVotes(id: string): void {
    this.#orm.delete(table.cast).where(eq(table.cast.ballot, id)).run();
  }

  /** In the order of their tokens. */
  votes(id: string): CastVote[] {
    const { ballot, prefix, token, signature, choice } = table.cast;
    return this.#orm
      .select({ prefix, token, signature, choice })
      .from(table.cast)
      .where(eq(ballot, id))
      .orderBy(asc(token))
      .all();
  }

  countIssued(id: string): number {
    return this.#count(table.issued, id);
  }

  countCast(id: string): number {
    return this.#count(table.cast, id);
  }

  #count(of: typeof table.issued | typeof table.cast, id: string): number {
    const row = this.#orm.select({ rows: count() }).from(of).where(eq(of.ballot, id)).get();
    return row?.rows ?? 0;
  }
}
