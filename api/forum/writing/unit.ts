import { and, eq, isNull, sql } from 'drizzle-orm';
import { prepared, type Reader } from '../../../db/client.ts';
import { membership } from '../../../db/schema/index.ts';
import type { Standing } from '../../access/rules.ts';
import { type Salon, signedIn } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { guestOf, seatOf } from '../../salon/sessions/find.ts';
import type { Thread } from '../find.ts';

const unitsOf = prepared((reader) =>
  reader
    .select({ role: membership.role, unit: membership.unit })
    .from(membership)
    .where(
      and(
        eq(membership.salonId, sql.placeholder('salonId')),
        eq(membership.personId, sql.placeholder('personId')),
        isNull(membership.until),
      ),
    )
    .prepare(),
);

/** Of those who speak for nobody but their own work. */
const ROLE_UNITS = { trainer: '培训师', learner: '学员', guest: '嘉宾' } as const;

/** What the actor speaks for in a salon at this moment, beside this place. */
export function unitOf(
  reader: Reader,
  ctx: Context,
  salon: Salon,
  { placeKind, placeKey }: Pick<Thread, 'placeKind' | 'placeKey'>,
  standings: ReadonlySet<Standing>,
): string {
  const community = seatOf(reader, ctx, salon.id)?.community;
  if (community) return community;
  if (standings.has('host')) return salon.hostUnit;
  const invited = placeKind === 'session' ? guestOf(reader, ctx, placeKey) : undefined;
  if (invited?.unit) return invited.unit;
  const roles = unitsOf(reader).all({ salonId: salon.id, personId: signedIn(ctx) });
  const named = roles.find(({ unit }) => unit !== '');
  if (named) return named.unit;
  const role = (['trainer', 'learner', 'guest'] as const).find((one) =>
    roles.some((held) => held.role === one),
  );
  return ROLE_UNITS[role ?? 'guest'];
}
