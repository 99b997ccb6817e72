import { inspect } from 'node:util';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { withoutContent } from '../../api/ballot/silence.ts';
import { BallotStore } from '../../api/ballot/store.ts';
import {
  type BallotSite,
  CASTING,
  castingSite,
  FIRST,
  MARKS,
  openBallot,
  SECOND,
  seatsOf,
  takeAll,
  takingSite,
  voteOf,
} from '../support/ballots.ts';
import { removingSites } from '../support/keptSites.ts';

const kept = removingSites();
afterEach(() => vi.restoreAllMocks());

const ROLL = { due: 3, attending: 3, castingMs: CASTING };

/** From outside, while the box has the file open. */
function change(site: BallotSite, sql: string, ...values: string[]): void {
  const file = new SqliteDatabase(site.file);
  file.prepare(sql).run(...values);
  file.close();
}

async function withSecond() {
  const site = kept(await takingSite());
  await openBallot(site.box, SECOND, MARKS);
  const first = await takeAll(site.box, FIRST, seatsOf(3));
  const second = await takeAll(site.box, SECOND, seatsOf(3));
  for (const id of [FIRST, SECOND]) await site.box.closeTaking(id, ROLL);
  return { site, box: site.box, first, second };
}

describe('a step that fails', () => {
  it('is done at the next tick: the key was destroyed, casting did not begin', async () => {
    const site = kept(await takingSite());
    await takeAll(site.box, FIRST, seatsOf(3));
    vi.spyOn(BallotStore.prototype, 'step').mockRejectedValueOnce(new Error('disk'));
    await expect(site.box.closeTaking(FIRST, ROLL)).rejects.toThrow('disk');
    expect(site.box.facts(FIRST)?.phase).toBe('sealing');
    await site.box.tick();
    expect(site.box.facts(FIRST)).toMatchObject({ phase: 'casting', issued: 3 });
  });

  it('is done at the next tick: the file was not rewritten', async () => {
    const site = kept(await castingSite(3));
    const told: string[] = [];
    site.box.onSettled((id) => told.push(id));
    site.time.monotonic += CASTING;
    vi.spyOn(BallotStore.prototype, 'compact').mockRejectedValueOnce(new Error('disk'));
    await site.box.tick();
    expect([site.box.facts(FIRST)?.phase, told]).toEqual(['counting', []]);
    expect(site.logged).toEqual([{ ballot: FIRST, kind: 'Error' }]);
    await site.box.tick();
    expect([site.box.facts(FIRST)?.phase, told]).toEqual(['closed', [FIRST]]);
  });

  it('keeps no other ballot from closing, and its log quotes no vote', async () => {
    const { site, box, first, second } = await withSecond();
    const [one, other] = [first[0], second[0]];
    if (!one || !other) throw new Error('nobody took');
    await box.cast(voteOf(FIRST, one, ['for']));
    const paper = { marks: { topic1: 5 }, comment: '只有我会这样写' };
    await box.cast(voteOf(SECOND, other, paper));
    change(site, 'UPDATE "cast" SET choice = ? WHERE ballot = ?', '{"只有我会这样写', SECOND);
    site.time.monotonic += CASTING;
    await box.tick();
    expect([FIRST, SECOND].map((id) => box.facts(id)?.phase)).toEqual(['closed', 'casting']);
    expect(site.logged).toEqual([{ ballot: SECOND, kind: 'SyntaxError' }]);
    const choice = JSON.stringify(paper);
    change(site, 'UPDATE "cast" SET choice = ? WHERE ballot = ?', choice, SECOND);
    await box.tick();
    expect(box.facts(SECOND)?.phase).toBe('closed');
  });

  it('says of itself nothing of the vote', async () => {
    const site = kept(await castingSite(3));
    const [one] = site.taken;
    if (!one) throw new Error('nobody took');
    change(site, 'ALTER TABLE "cast" RENAME TO gone');
    const error: unknown = await site.box.cast(voteOf(FIRST, one, ['for'])).catch((e) => e);
    expect(error).toBeInstanceOf(Error);
    const text = inspect(error, { depth: null });
    for (const secret of [one.token, one.prefix, one.signature]) expect(text).not.toContain(secret);
    const quoting = new Error(`Failed query: params: ${one.token}`, {
      cause: Object.assign(new Error(one.token), { code: 'SQLITE_FULL' }),
    });
    expect(withoutContent(quoting)).toEqual({ kind: 'Error', code: 'SQLITE_FULL' });
    expect(withoutContent(one.token)).toEqual({ kind: 'string' });
  });
});

describe('the second paper', () => {
  it('has no summary with fewer than three, and casts once all the same', async () => {
    const { site, box, second } = await withSecond();
    const votes = second.map((one) =>
      voteOf(SECOND, one, { marks: { topic1: 5 }, comment: '很好' }),
    );
    for (const vote of votes.slice(1)) await box.cast(vote);
    site.time.monotonic += CASTING;
    await box.tick();
    const bulletin = JSON.parse(box.outcome(SECOND)?.bulletin ?? '{}');
    expect(bulletin).toMatchObject({ received: 2, notCast: 1, totals: null, comments: null });
    const [unsent, sent] = votes;
    if (!unsent || !sent) throw new Error('nobody took');
    await box.cast(sent);
    await expect(box.cast(unsent)).rejects.toThrow('castingOver');
    expect(box.outcome(SECOND)?.votes).toHaveLength(2);
  });

  it('of a ballot that is void keeps nothing', async () => {
    const { site, box, second } = await withSecond();
    for (const one of second.slice(1)) {
      await box.cast(voteOf(SECOND, one, { marks: {}, comment: '只有我会这样写' }));
    }
    change(site, 'UPDATE ballot SET issued = 1 WHERE id = ?', SECOND);
    site.time.monotonic += CASTING;
    await box.tick();
    expect(box.facts(SECOND)).toMatchObject({ phase: 'void', voidReason: 'tooMany' });
    const file = new SqliteDatabase(site.file, { readonly: true });
    const summary = file.prepare('SELECT summary FROM ballot WHERE id = ?').pluck().get(SECOND);
    const cast = file.prepare('SELECT count(*) FROM "cast" WHERE ballot = ?').pluck().get(SECOND);
    file.close();
    expect([summary, cast]).toEqual([null, 0]);
  });
});
