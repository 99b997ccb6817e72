import { describe, expect, it, test } from 'vitest';
import type { Choice } from '../../api/ballot/rules.ts';
import type { Vote } from '../../api/ballot/types.ts';
import { openBallotFile } from '../../db/ballots/client.ts';
import { anyOrder } from '../support/ballotOrders.ts';
import {
  CASTING,
  castingSite,
  FIRST,
  MINUTE,
  openBallot,
  seatsOf,
  settled,
  type Taken,
  takeAll,
  takingSite,
  voteOf,
} from '../support/ballots.ts';
import { refused, removingSites } from '../support/keptSites.ts';

const kept = removingSites();

const CHOICES = ['for', 'against', 'abstain'] as const;

/** A ballot that three, or as many, have taken, and what to see of it once it is closed. */
async function casting(seats = 3) {
  const site = kept(await castingSite(seats));
  const close = async () => {
    site.time.monotonic += CASTING;
    await site.box.tick();
    return site.box.outcome(FIRST)?.votes.map(({ token, choice }) => [token, choice]);
  };
  const nth = (index: number): Taken => {
    const one = site.taken[index];
    if (!one) throw new Error('so many did not take');
    return one;
  };
  return { ...site, site, close, nth };
}

/** Base64url with one bit turned. */
function turned(text: string, bit: number): string {
  const bytes = Buffer.from(text, 'base64url');
  const at = Math.floor(bit / 8);
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << (bit % 8)), at);
  return bytes.toString('base64url');
}

describe('§6 casting', () => {
  it('is the same when it comes again, and the first stands, also after the close', async () => {
    const { box, nth, close } = await casting();
    const [mine, token] = [voteOf(FIRST, nth(0), ['against']), nth(0).token];
    await Promise.all([box.cast(mine), box.cast(mine)]);
    await box.cast(mine);
    const other = { ...mine, choice: ['for'] };
    await expect(box.cast(other)).rejects.toThrow(refused('otherCast'));
    expect(await close()).toEqual([[token, '["against"]']]);
    await box.cast(mine);
    await expect(box.cast(other)).rejects.toThrow(refused('otherCast'));
    expect(await close()).toEqual([[token, '["against"]']]);
  });

  it('takes the first of two choices that come at once', async () => {
    const { box, nth, close } = await casting();
    const results = await Promise.allSettled([
      box.cast(voteOf(FIRST, nth(0), ['for'])),
      box.cast(voteOf(FIRST, nth(0), ['against'])),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await close()).toEqual([[nth(0).token, '["for"]']]);
  });

  const forgeries: readonly [string, (vote: Vote, other: Taken) => Vote][] = [
    ...[0, 100, 255].flatMap((bit): [string, (vote: Vote) => Vote][] => [
      [`bit ${bit} of the token turned`, (v) => ({ ...v, token: turned(v.token, bit) })],
      [`bit ${bit} of the prefix turned`, (v) => ({ ...v, prefix: turned(v.prefix, bit) })],
    ]),
    ...[0, 1500, 3071].map((bit): [string, (vote: Vote) => Vote] => [
      `bit ${bit} of the signature turned`,
      (v) => ({ ...v, signature: turned(v.signature, bit) }),
    ]),
    ['another voter’s signature', (v, other) => ({ ...v, signature: other.signature })],
    ['another voter’s prefix', (v, other) => ({ ...v, prefix: other.prefix })],
    ['a signature of nothing', (v) => ({ ...v, signature: 'A'.repeat(512) })],
    ['no signature', (v) => ({ ...v, signature: '' })],
  ];
  test.each(forgeries)('refuses %s', async (_, forge) => {
    const { box, nth, close } = await casting();
    const honest = voteOf(FIRST, nth(0), ['for']);
    await expect(box.cast(forge(honest, nth(1)))).rejects.toThrow(refused('badSignature'));
    await box.cast(honest);
    expect(await close()).toEqual([[nth(0).token, '["for"]']]);
  });

  it('refuses what another ballot has signed', async () => {
    const site = kept(await takingSite());
    await openBallot(site.box, 'other');
    const taken = await takeAll(site.box, FIRST, seatsOf(3));
    const [theirs] = await takeAll(site.box, 'other', seatsOf(3));
    if (!theirs) throw new Error('nobody took');
    for (const id of [FIRST, 'other']) {
      await site.box.closeTaking(id, { due: 3, attending: 3, castingMs: CASTING });
    }
    const foreign = voteOf(FIRST, theirs, ['for']);
    await expect(site.box.cast(foreign)).rejects.toThrow(refused('badSignature'));
    await site.box.cast({ ...foreign, ballot: 'other' });
    for (const one of taken) await site.box.cast(voteOf(FIRST, one, ['for']));
    expect(await settled(site.box)).toBe('closed');
    expect(site.box.outcome(FIRST)?.votes.map(({ token }) => token)).not.toContain(theirs.token);
    expect(site.box.facts('other')?.phase).toBe('casting');
  });

  const unlike: readonly Choice[] = [
    ['nobody'],
    [],
    ['for', 'against'],
    ['for', 'for'],
    { marks: {}, comment: '' },
  ];
  test.each(unlike.map((choice) => [JSON.stringify(choice), choice] as const))(
    'refuses %s, which is not on the paper',
    async (_, choice) => {
      const { box, nth, close } = await casting();
      await expect(box.cast(voteOf(FIRST, nth(0), choice))).rejects.toThrow(refused('badChoice'));
      expect(await close()).toEqual([]);
    },
  );

  it('looks at so many forged votes only, and at honest ones again afterwards', async () => {
    const { site, box, nth, close } = await casting();
    const honest = voteOf(FIRST, nth(0), ['for']);
    const forged = { ...voteOf(FIRST, nth(2), ['for']), signature: nth(1).signature };
    for (let count = 0; count < 200; count += 1) {
      await expect(box.cast(forged)).rejects.toThrow(refused('badSignature'));
    }
    await expect(box.cast(honest)).rejects.toThrow(refused('tooManyForged'));
    site.time.monotonic += 1001;
    await box.cast(honest);
    await expect(box.cast(forged)).rejects.toThrow(refused('badSignature'));
    expect(await close()).toEqual([[nth(0).token, '["for"]']]);
  });
});

describe('§6 the end of casting', () => {
  it('comes with the last vote, and is told', async () => {
    const { box, taken } = await casting();
    const told: string[] = [];
    box.onSettled((id) => told.push(id));
    for (const [index, one] of taken.entries()) {
      expect([box.facts(FIRST)?.phase, told]).toEqual(['casting', []]);
      await box.cast(voteOf(FIRST, one, [CHOICES[index] ?? 'for']));
    }
    expect([await settled(box), told]).toEqual(['closed', [FIRST]]);
    const { issued, attending, due, votes } = box.outcome(FIRST) ?? {};
    expect([issued, attending, due, votes?.length]).toEqual([3, 3, 3, 3]);
  });

  it('comes at the time limit and not before', async () => {
    const { site, box, nth } = await casting();
    await box.cast(voteOf(FIRST, nth(0), ['for']));
    site.time.monotonic += CASTING - 1;
    await box.tick();
    await box.cast(voteOf(FIRST, nth(1), ['for']));
    site.time.monotonic += 1;
    const late = voteOf(FIRST, nth(2), ['for']);
    await expect(box.cast(late)).rejects.toThrow(refused('castingOver'));
    await box.tick();
    await expect(box.cast(late)).rejects.toThrow(refused('castingOver'));
    expect(box.outcome(FIRST)?.votes).toHaveLength(2);
  });

  test.each([-48, -1, 1, 48])('a wall clock %i hours off changes nothing', async (hours) => {
    const { site, box, nth } = await casting();
    site.time.wall += hours * 60 * MINUTE;
    site.time.monotonic += CASTING - 1;
    await box.tick();
    await box.cast(voteOf(FIRST, nth(0), ['for']));
    expect(box.facts(FIRST)?.phase).toBe('casting');
    site.time.monotonic += 1;
    await box.tick();
    expect(box.facts(FIRST)?.phase).toBe('closed');
  });

  it('is overdue after a long stop, and closes at the start', async () => {
    const { site, box, nth } = await casting();
    await box.cast(voteOf(FIRST, nth(0), ['for']));
    site.time.wall += CASTING;
    const again = await site.reopen();
    expect(again.facts(FIRST)?.phase).toBe('closed');
    expect(again.outcome(FIRST)?.votes).toHaveLength(1);
  });

  test.each([
    ['goes on for what was left', 10 * MINUTE, 20 * MINUTE],
    ['has never more than it had, when the clock was put back', -600 * MINUTE, CASTING],
  ])('after a restart casting %s', async (_, passed, left) => {
    const { site } = await casting();
    site.time.wall += passed;
    const again = await site.reopen();
    site.time.monotonic += left - 1;
    await again.tick();
    expect(again.facts(FIRST)?.phase).toBe('casting');
    site.time.monotonic += 1;
    await again.tick();
    expect(again.facts(FIRST)?.phase).toBe('closed');
  });

  it('is void when more was cast than was issued', async () => {
    const { site, box, taken } = await casting();
    for (const one of taken.slice(1)) await box.cast(voteOf(FIRST, one, ['for']));
    const file = openBallotFile(site.file);
    file.orm.run('UPDATE ballot SET issued = 1');
    file.close();
    site.time.wall += CASTING;
    const again = await site.reopen();
    expect(again.facts(FIRST)).toMatchObject({ phase: 'void', voidReason: 'tooMany' });
    expect(again.outcome(FIRST)).toBeUndefined();
  });
});

it('§6 always cast ≤ issued ≤ attending, whatever is done in whatever order', async () => {
  await anyOrder(12);
});
