import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/client.ts';
import { entryPass, person } from '../../db/schema/index.ts';
import type { Context } from '../core/context.ts';
import { canonicalCode, newCode, newId } from '../core/id.ts';
import { Refused } from '../core/refused.ts';
import type { IssuedPass } from './contract.ts';
import { ACCOUNTS } from './refusals.ts';
import { PASS_LIFE_MS, type PassKind } from './rules.ts';

/** 24 spoken characters are 117 bits: a link and a code that can be typed are the same thing. */
const GROUPS = { invitation: 6, reset: 3, setup: 6 } as const satisfies Record<PassKind, number>;

/**
 * Makes a pass and forgets the ones of the same kind that the person has not used.
 * @param lifeMs how long it is good
 */
export function issuePass(
  tx: Tx,
  ctx: Context,
  pass: { personId: string; kind: PassKind; salonId?: string; lifeMs?: number },
): IssuedPass {
  const { personId, kind, salonId } = pass;
  const code = newCode(GROUPS[kind]);
  const now = ctx.clock();
  const expiresAt = now + (pass.lifeMs ?? PASS_LIFE_MS[kind]);
  tx.delete(entryPass)
    .where(
      and(eq(entryPass.personId, personId), eq(entryPass.kind, kind), isNull(entryPass.usedAt)),
    )
    .run();
  tx.insert(entryPass)
    .values({
      id: newId(),
      personId,
      kind,
      digest: ctx.secret.digest('pass', canonicalCode(code)),
      salonId: salonId ?? null,
      issuedBy: ctx.actor?.personId ?? null,
      createdAt: now,
      expiresAt,
    })
    .run();
  // After '#': a fragment is never sent, so the pass stands in no server's log.
  const link = `${ctx.origin}/join/#${code}`;
  return {
    personId,
    kind,
    link,
    code,
    expiresAt: new Date(expiresAt).toISOString(),
  };
}

export interface OpenPass {
  readonly pass: typeof entryPass.$inferSelect;
  readonly person: typeof person.$inferSelect;
}

/** @throws {Refused} passInvalid, whatever the reason */
export function openPass(reader: Reader, ctx: Context, typed: string): OpenPass {
  const found = reader
    .select({ pass: entryPass, person })
    .from(entryPass)
    .innerJoin(person, eq(person.id, entryPass.personId))
    .where(
      and(
        eq(entryPass.digest, ctx.secret.digest('pass', canonicalCode(typed))),
        isNull(entryPass.usedAt),
        gt(entryPass.expiresAt, ctx.clock()),
        isNull(person.deactivatedAt),
        isNull(person.erasedAt),
      ),
    )
    .get();
  if (!found || (found.person.isDemo && ctx.production)) throw new Refused(ACCOUNTS.passInvalid);
  return found;
}
