import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { fingerprintOf } from '../../api/ballot/bulletin.ts';
import { createKeyKeeper } from '../../api/ballot/keys.ts';
import {
  type BallotSite,
  ballotSite,
  CASTING,
  castingSite,
  FIRST,
  openBallot,
  prepare,
  seatsOf,
  settled,
  take,
  takeAll,
  takingSite,
  voteOf,
} from '../support/ballots.ts';
import { modulusOf, toBytes, toInt } from '../support/blinding.ts';
import { refused, removingSites } from '../support/keptSites.ts';

const kept = removingSites();

const taking = async () => kept(await takingSite());
const keyFiles = (site: BallotSite): string[] => readdirSync(join(site.dir, 'ballot-keys'));
const ROLL = { due: 19, attending: 19, castingMs: CASTING };

describe('§6 opening', () => {
  it('makes a key of its own for each ballot and begins with taking', async () => {
    const { box } = kept(ballotSite());
    const [first, second] = [await openBallot(box), await openBallot(box, 'other')];
    expect(first).not.toBe(second);
    expect(box.facts(FIRST)).toMatchObject({
      phase: 'taking',
      fingerprint: first,
      issued: null,
      castUntil: null,
    });
    expect(fingerprintOf(box.facts(FIRST)?.publicKey ?? '')).toBe(first);
    expect(box.list()).toEqual([
      { id: FIRST, phase: 'taking' },
      { id: 'other', phase: 'taking' },
    ]);
    expect([box.isOpen(), box.facts('none'), box.outcome(FIRST)]).toEqual([
      true,
      undefined,
      undefined,
    ]);
  });

  it('a second time with the same name changes nothing', async () => {
    const { box, publicKey } = await taking();
    await expect(openBallot(box)).rejects.toThrow('EEXIST');
    expect(box.facts(FIRST)?.publicKey).toBe(publicKey);
    await take(box, FIRST, 'seat');
    expect(box.takers(FIRST)).toEqual(['seat']);
  });

  it('leaves no key of a ballot that was not stored', async () => {
    const site = await taking();
    await site.box.void(FIRST, 'keyLost');
    expect(keyFiles(site)).toEqual([]);
    await expect(openBallot(site.box)).rejects.toThrow('UNIQUE');
    expect(keyFiles(site)).toEqual([]);
  });
});

describe('§6 taking', () => {
  it('answers the same blinded value the same, and another one not at all', async () => {
    const { box, publicKey } = await taking();
    const [mine, other] = [prepare(publicKey, FIRST, 'seat'), prepare(publicKey, FIRST, 'seat')];
    const answer = await box.take(FIRST, 'seat', mine.blinded);
    expect(await box.take(FIRST, 'seat', mine.blinded)).toBe(answer);
    await expect(box.take(FIRST, 'seat', other.blinded)).rejects.toThrow(refused('otherTaken'));
    expect(await box.take(FIRST, 'seat', mine.blinded)).toBe(answer);
    expect(box.takers(FIRST)).toEqual(['seat']);
  });

  it('gives one answer to the same value that comes twice at once', async () => {
    const { box, publicKey } = await taking();
    const { blinded } = prepare(publicKey, FIRST, 'seat');
    const answers = await Promise.all([1, 2, 3].map(() => box.take(FIRST, 'seat', blinded)));
    expect(new Set(answers).size).toBe(1);
  });

  it('signs one of two values that come at once', async () => {
    const { box, publicKey } = await taking();
    const two = [prepare(publicKey, FIRST, 'seat'), prepare(publicKey, FIRST, 'seat')];
    const asked = two.map(({ blinded }) => box.take(FIRST, 'seat', blinded));
    expect(box.takers(FIRST)).toEqual(['seat']);
    const results = await Promise.allSettled(asked);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(results[1]).toMatchObject({ reason: { message: 'otherTaken' } });
    expect(box.takers(FIRST)).toEqual(['seat']);
  });

  it('serves 19 seats at once, each with a signature that casts', async () => {
    const { box } = await taking();
    const taken = await takeAll(box, FIRST, seatsOf(19));
    expect(box.takers(FIRST).sort()).toEqual(seatsOf(19));
    await box.closeTaking(FIRST, ROLL);
    await Promise.all(taken.map((one) => box.cast(voteOf(FIRST, one, ['against']))));
    expect(await settled(box)).toBe('closed');
    expect(box.outcome(FIRST)?.votes).toHaveLength(19);
  });

  it('refuses what is no number below the modulus, and 0, 1 and n − 1; then signs what is', async () => {
    const { box, publicKey } = await taking();
    const modulus = modulusOf(Buffer.from(publicKey, 'base64url'));
    const n = toInt(modulus);
    const bad = [0n, 1n, n - 1n, n, n + 2n].map((value) => toBytes(value, 384));
    bad.push(toBytes(2n, 383), toBytes(2n, 385), Buffer.alloc(0));
    for (const bytes of bad) {
      const asked = box.take(FIRST, 'seat', bytes.toString('base64url'));
      await expect(asked).rejects.toThrow(refused('badBlinded'));
    }
    expect(box.takers(FIRST)).toEqual([]);
    await take(box, FIRST, 'seat');
    expect(box.takers(FIRST)).toEqual(['seat']);
  });

  it('goes on after a restart with the same key', async () => {
    const site = await taking();
    const { blinded } = prepare(site.publicKey, FIRST, 'seat0');
    const answer = await site.box.take(FIRST, 'seat0', blinded);
    const box = await site.reopen();
    expect(await box.take(FIRST, 'seat0', blinded)).toBe(answer);
    await take(box, FIRST, 'seat1');
    expect(box.takers(FIRST)).toEqual(['seat0', 'seat1']);
  });

  it('is void when its key is lost, while it runs and at the start', async () => {
    const site = await taking();
    await openBallot(site.box, 'other');
    await site.box.stop();
    const keys = createKeyKeeper(join(site.dir, 'ballot-keys'));
    await keys.destroy('other');
    const box = await site.reopen();
    expect(box.facts('other')).toMatchObject({ phase: 'void', voidReason: 'keyLost' });
    expect(box.facts(FIRST)?.phase).toBe('taking');
    await keys.destroy(FIRST);
    const settledNow: string[] = [];
    box.onSettled((id) => settledNow.push(id));
    await expect(take(box, FIRST, 'seat')).rejects.toThrow(refused('notTaking'));
    expect(box.facts(FIRST)).toMatchObject({ phase: 'void', voidReason: 'keyLost' });
    expect(settledNow).toEqual([FIRST]);
    expect(box.isOpen()).toBe(false);
  });

  it('waits for those whose value is being signed as taking closes', async () => {
    const site = await taking();
    const { publicKey } = site;
    await takeAll(site.box, FIRST, seatsOf(3));
    // The key's thread has yet to start, so that it has certainly not signed.
    const box = await site.reopen();
    const late = prepare(publicKey, FIRST, 'late');
    const asked = box.take(FIRST, 'late', late.blinded);
    await box.closeTaking(FIRST, ROLL);
    expect(await box.take(FIRST, 'late', late.blinded)).toBe(await asked);
    expect(box.takers(FIRST)).toHaveLength(4);
    expect(box.facts(FIRST)).toMatchObject({ phase: 'casting', issued: 4 });
  });

  it('refuses those whose value is being signed as the ballot is voided', async () => {
    const { publicKey, ...site } = await taking();
    const box = await site.reopen();
    const late = prepare(publicKey, FIRST, 'late');
    const asked = expect(box.take(FIRST, 'late', late.blinded)).rejects.toThrow(
      refused('notTaking'),
    );
    await box.void(FIRST, 'restored');
    await asked;
    expect(box.takers(FIRST)).toEqual([]);
  });
});

describe('§6 every call in the wrong phase', () => {
  it('while taking: nobody casts, and there is no outcome', async () => {
    const { box } = await taking();
    const taken = await take(box, FIRST, 'seat');
    await expect(box.cast(voteOf(FIRST, taken, ['for']))).rejects.toThrow(refused('notYetCasting'));
    await box.tick();
    expect([box.facts(FIRST)?.phase, box.outcome(FIRST)]).toEqual(['taking', undefined]);
  });

  it.each(['casting', 'closed', 'void'] as const)('%s', async (phase) => {
    const site = kept(await castingSite(3));
    const [one, two] = site.taken;
    if (!one || !two) throw new Error('nobody took');
    await site.box.cast(voteOf(FIRST, one, ['for']));
    if (phase === 'closed') {
      site.time.monotonic += CASTING;
      await site.box.tick();
    }
    if (phase === 'void') await site.box.void(FIRST, 'restored');
    const before = site.box.facts(FIRST);
    expect(before?.phase).toBe(phase);
    await expect(take(site.box, FIRST, 'late')).rejects.toThrow(refused('notTaking'));
    expect(site.box.takers(FIRST)).toEqual(seatsOf(3));
    await site.box.closeTaking(FIRST, { due: 99, attending: 99, castingMs: 1 });
    expect(site.box.facts(FIRST)).toEqual(before);
    const vote = site.box.cast(voteOf(FIRST, two, ['for']));
    if (phase === 'casting') await vote;
    else await expect(vote).rejects.toThrow(refused('castingOver'));
    const again = site.box.cast(voteOf(FIRST, one, ['for']));
    if (phase === 'void') await expect(again).rejects.toThrow(refused('castingOver'));
    else await again;
    if (phase === 'closed') await site.box.void(FIRST, 'restored');
    expect(site.box.facts(FIRST)).toEqual(before);
    expect(site.box.outcome(FIRST)?.votes.length).toBe(phase === 'closed' ? 1 : undefined);
  });

  test('a ballot that is not there', async () => {
    const { box, taken } = kept(await castingSite(3));
    const [one] = taken;
    if (!one) throw new Error('nobody took');
    const no = refused('noBallot');
    await expect(box.take('none', 'seat', one.blinded)).rejects.toThrow(no);
    await expect(box.cast(voteOf('none', one, ['for']))).rejects.toThrow(no);
    await expect(box.closeTaking('none', ROLL)).rejects.toThrow(no);
    await expect(box.void('none', 'restored')).rejects.toThrow(no);
    expect(box.list()).toEqual([{ id: FIRST, phase: 'casting' }]);
  });
});

describe('§6 taking closes', () => {
  it('destroys the key, and begins once when it is closed twice at once', async () => {
    const site = await taking();
    await takeAll(site.box, FIRST, seatsOf(3));
    expect(keyFiles(site)).toEqual([`${FIRST}.key`]);
    const close = () => site.box.closeTaking(FIRST, { due: 5, attending: 4, castingMs: CASTING });
    await Promise.all([close(), close(), site.box.tick()]);
    expect(site.box.facts(FIRST)).toMatchObject({
      phase: 'casting',
      issued: 3,
      castUntil: site.time.wall + CASTING,
    });
    expect(keyFiles(site)).toEqual([]);
  });

  it.each([0, 1, 2])('with %i taken it is void, and nothing is left to cast', async (count) => {
    const site = await taking();
    const taken = await takeAll(site.box, FIRST, seatsOf(count));
    await site.box.closeTaking(FIRST, ROLL);
    expect(site.box.facts(FIRST)).toMatchObject({ phase: 'void', voidReason: 'tooFew' });
    for (const one of taken) {
      await expect(site.box.cast(voteOf(FIRST, one, ['for']))).rejects.toThrow(
        refused('castingOver'),
      );
    }
    expect([site.box.outcome(FIRST), keyFiles(site)]).toEqual([undefined, []]);
  });

  it('is refused with fewer attending than have taken, and goes on', async () => {
    const site = await taking();
    await takeAll(site.box, FIRST, seatsOf(3));
    for (const roll of [
      { due: 19, attending: 2, castingMs: CASTING },
      { due: 3, attending: 4, castingMs: CASTING },
    ]) {
      await expect(site.box.closeTaking(FIRST, roll)).rejects.toThrow('CHECK');
    }
    expect([site.box.facts(FIRST)?.phase, keyFiles(site)]).toEqual(['taking', [`${FIRST}.key`]]);
  });
});
