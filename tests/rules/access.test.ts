import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  type Action,
  decide,
  MEMBERS,
  may,
  PERMISSIONS,
  RELATIONS,
  STANDING_NAMES,
  STANDINGS,
  type Standing,
} from '../../api/access/rules.ts';

const ACTIONS = Object.keys(PERMISSIONS) as Action[];
const action = fc.constantFrom(...ACTIONS);
const place = fc.constantFrom('installation' as const, 'salon' as const);
/** What someone can be: anybody, and signed in with whatever more. */
const standings = fc
  .uniqueArray(fc.constantFrom(...STANDINGS))
  .map((some) => new Set<Standing>(some.length > 1 ? [...some, 'visitor', 'person'] : ['visitor']));

describe('the table', () => {
  /** Said in full: a change of who may do what is a change of this test. */
  test.each<[Action, string]>([
    ['site.read', 'visitor'],
    ['session.enter', 'visitor'],
    ['own.manage', 'person'],
    ['account.list', 'admin'],
    ['account.manage', 'admin'],
    ['salon.create', 'admin'],
    ['salon.read', 'visitor'],
    ['salon.live', 'host secretary guest trainer learner'],
    ['salon.configure', 'host'],
    ['seat.manage', 'host'],
    ['member.list', 'host secretary guest trainer learner'],
    ['member.manage', 'host'],
    ['host.appoint', 'admin host'],
    ['roster.import', 'host'],
    ['audit.read', 'host'],
    ['leave.take', 'holder host'],
    ['swap.read', 'host secretary'],
    ['swap.offer', 'secretary'],
    ['swap.answer', 'holder'],
    ['round.read', 'host secretary'],
    ['topic.write', 'secretary'],
    ['topic.change', 'proposer'],
    ['topic.support', 'secretary'],
    ['topic.review', 'reviewer'],
    ['topic.schedule', 'host'],
    ['motion.sign', 'member'],
    ['vote.cast', 'secretary'],
    ['session.list', 'host secretary guest trainer learner'],
    ['session.read', 'host secretary trainer learner invited'],
    ['session.convene', 'host'],
    ['session.prepare', 'host chair'],
    ['session.run', 'host chair'],
    ['session.checkIn', 'secretary invited'],
    ['guest.invite', 'host chair'],
    ['guest.answer', 'invited'],
    ['guest.visit', 'visitor'],
    ['minutes.draft', 'host chair'],
    ['minutes.publish', 'host'],
    ['action.read', 'host secretary guest trainer learner'],
    ['action.work', 'host responsible'],
    ['committee.read', 'visitor'],
    ['nominee.name', 'secretary'],
    ['nominee.answer', 'nominee'],
    ['committee.resign', 'member'],
    ['ballot.run', 'presider'],
    ['ballot.take', 'secretary'],
    ['ballot.cast', 'visitor'],
    ['ballot.recount', 'visitor'],
    ['ballot.scrutinise', 'scrutineer'],
    ['mail.stop', 'visitor'],
    ['forum.list', 'visitor'],
    ['forum.keepUp', 'host secretary guest trainer learner'],
    ['thread.readPublic', 'visitor'],
    ['thread.read', 'host secretary trainer learner invited'],
    ['thread.write', 'host secretary trainer learner invited'],
    ['post.change', 'author'],
    ['answer.accept', 'author host'],
    ['forum.moderate', 'host'],
    ['webhook.manage', 'host'],
    ['calendar.read', 'visitor'],
    ['site.publish', 'admin host'],
  ])('%s: %s', (name, who) => {
    expect(PERMISSIONS[name].join(' ')).toBe(who);
  });

  it('has those lines only, and a Chinese name for everyone in them', () => {
    expect(ACTIONS).toHaveLength(62);
    expect(Object.keys(STANDING_NAMES).sort()).toEqual([...STANDINGS].sort());
    expect(new Set(Object.values(STANDING_NAMES)).size).toBe(STANDINGS.length);
  });

  it('gives the admin nothing inside a salon but to appoint its hosts', () => {
    const inside = ACTIONS.filter((name) =>
      /^(?:salon\.(?!create|read)|seat|member|host|roster|audit|leave|swap|round|topic|vote|session\.(?!enter)|guest\.(?!visit)|minutes|action)/.test(
        name,
      ),
    );
    const admin = new Set<Standing>(['visitor', 'person', 'admin']);
    expect(inside.filter((name) => may(admin, name))).toEqual(['host.appoint']);
  });

  it('gives no action with a vote in it to the admin, a host or a guest', () => {
    // Anybody may read what is public, and cast who holds a token: that asks for no one's role.
    const open = ['ballot.cast', 'ballot.recount'];
    const votes = ACTIONS.filter(
      (name) => /vote|ballot|cast|elect|evaluat|nominee|motion/i.test(name) && !open.includes(name),
    );
    for (const name of votes) {
      const who: readonly Standing[] = PERMISSIONS[name];
      for (const none of ['admin', 'host', 'guest', 'visitor', 'person'] as const) {
        expect(who, name).not.toContain(none);
      }
    }
    expect(may(new Set<Standing>(['admin']), 'own.manage')).toBe(false);
  });
});

describe('decide', () => {
  it('is allowed if and only if the table names one of the standings', () => {
    fc.assert(
      fc.property(standings, action, place, (all, name, where) => {
        const named = [...all].some((one) =>
          (PERMISSIONS[name] as readonly string[]).includes(one),
        );
        expect(decide(all, name, where) === 'allowed').toBe(named);
      }),
    );
  });

  it('never takes a permission away for being something more', () => {
    fc.assert(
      fc.property(standings, standings, action, place, (some, more, name, where) => {
        fc.pre(decide(some, name, where) === 'allowed');
        expect(decide(new Set([...some, ...more]), name, where)).toBe('allowed');
      }),
    );
  });

  it('asks whoever is not signed in to sign in, and nobody else', () => {
    fc.assert(
      fc.property(standings, action, place, (all, name, where) => {
        const decision = decide(all, name, where);
        fc.pre(decision !== 'allowed');
        expect(decision === 'signIn').toBe(!all.has('person'));
      }),
    );
  });

  it('hides a salon from whoever does not belong to it, and only a salon', () => {
    fc.assert(
      fc.property(standings, action, place, (all, name, where) => {
        const decision = decide(all, name, where);
        fc.pre(decision === 'hidden' || decision === 'refused');
        const belongs = ['admin', ...MEMBERS, ...RELATIONS].some((one) => all.has(one as Standing));
        expect(decision).toBe(where === 'salon' && !belongs ? 'hidden' : 'refused');
      }),
    );
  });
});
