import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Reader, Tx } from '../../../db/client.ts';
import { person, salon, seat, tenure } from '../../../db/schema/index.ts';
import { allowIn, rolesIn } from '../../access/standings.ts';
import { issuePass } from '../../accounts/passes.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import type { RosterReport } from '../contract.ts';
import { addMembership, findOrAddPerson } from '../people.ts';
import { SALON } from '../refusals.ts';
import { settleRotation } from '../rotation/settle.ts';
import { insertSeat, seatPerson } from '../seats.ts';
import type { SheetRow } from './columns.ts';
import { readSheet } from './readSheet.ts';
import {
  type CheckedRow,
  checkRoster,
  type KnownPerson,
  type RosterEntry,
  type RosterFacts,
} from './rules.ts';

/**
 * Reads a sheet and says row by row what would happen; with `commit`, and only if every row is
 * good, does it all in one transaction.
 * @param bytes an .xlsx or .csv
 * @throws {Refused} rosterUnreadable, rosterTooLong; rosterHasErrors when asked to commit
 */
export async function importRoster(
  ctx: Context,
  slug: string,
  bytes: Buffer,
  commit: boolean,
): Promise<RosterReport> {
  allowIn(ctx.db.orm, ctx, 'roster.import', slug);
  const rows = await readSheet(bytes);
  if (!commit) {
    const { id: salonId } = allowIn(ctx.db.orm, ctx, 'roster.import', slug);
    return report(checkRoster(rows, gatherFacts(ctx.db.orm, salonId, rows)), null);
  }
  return write(ctx, { name: 'roster.import', input: [slug, rows] }, (tx) => {
    const salon = allowIn(tx, ctx, 'roster.import', slug);
    const { id: salonId } = salon;
    const checked = checkRoster(rows, gatherFacts(tx, salonId, rows));
    if (checked.some(({ result }) => result === 'wrong')) {
      const wrong = checked.filter(({ result }) => result === 'wrong');
      throw new Refused(SALON.rosterHasErrors, {
        errors: wrong.map(({ line, message }) => ({ path: `/${line}`, message })),
      });
    }
    // By person: whoever stands in two rows gets one invitation, the one that is still good.
    const invitations = new Map<string, Invitation>();
    for (const { entry } of checked) {
      const invitation = entry && addEntry(tx, ctx, salonId, entry);
      if (invitation) invitations.set(invitation.personId, invitation);
    }
    const added = checked.filter(({ result }) => result === 'add').length;
    record(tx, ctx, { action: 'roster.import', salonId, subject: salonId, detail: { added } });
    settleRotation(tx, ctx, salon);
    return report(checked, [...invitations.values()]);
  });
}

type Invitation = NonNullable<RosterReport['invitations']>[number];

const report = (
  rows: readonly CheckedRow[],
  invitations: RosterReport['invitations'],
): RosterReport => ({
  rows: rows.map(({ entry: _, ...row }) => row),
  good: rows.every(({ result }) => result !== 'wrong'),
  invitations,
});

/** At most this many values in one query. */
const AT_ONCE = 500;

/** What the database knows of the phones, user names and communities in the sheet. */
function gatherFacts(reader: Reader, salonId: string, rows: readonly SheetRow[]): RosterFacts {
  const logins = rows.flatMap(({ cells }) => [
    cells.手机号.normalize('NFKC').replace(/\D/g, '').slice(-11),
    cells.用户名.normalize('NFKC').toLowerCase(),
  ]);
  const people = new Map<string, KnownPerson>();
  for (let start = 0; start < logins.length; start += AT_ONCE) {
    const some = logins.slice(start, start + AT_ONCE).filter(Boolean);
    const found = reader
      .select()
      .from(person)
      .where(or(inArray(person.phone, some), inArray(person.userName, some)))
      .all();
    for (const { id, name, phone, userName, deactivatedAt } of found) {
      const known: KnownPerson = {
        id,
        name,
        active: deactivatedAt === null,
        roles: rolesIn(reader, id, salonId),
        seat: seatOf(reader, id, salonId),
      };
      if (phone) people.set(phone, known);
      if (userName) people.set(userName, known);
    }
  }
  const held = reader
    .select({ community: seat.community, holder: tenure.personId })
    .from(seat)
    .leftJoin(tenure, and(eq(tenure.seatId, seat.id), isNull(tenure.until)))
    .where(and(eq(seat.salonId, salonId), isNull(seat.retiredOn)))
    .all();
  return { people, seats: new Map(held.map(({ community, holder }) => [community, holder])) };
}

function seatOf(reader: Reader, personId: string, salonId: string): KnownPerson['seat'] {
  const held = reader
    .select({ community: seat.community, salonId: salon.id })
    .from(tenure)
    .innerJoin(seat, eq(seat.id, tenure.seatId))
    .innerJoin(salon, eq(salon.id, seat.salonId))
    .where(and(eq(tenure.personId, personId), isNull(tenure.until)))
    .get();
  return held ? { community: held.community, here: held.salonId === salonId } : null;
}

/** @returns an invitation, for someone who has no password yet */
function addEntry(
  tx: Tx,
  ctx: Context,
  salonId: string,
  entry: RosterEntry,
): Invitation | undefined {
  const { id: personId, passwordHash } = findOrAddPerson(tx, ctx, entry);
  if (entry.role === 'secretary') {
    const place =
      tx
        .select()
        .from(seat)
        .where(
          and(
            eq(seat.salonId, salonId),
            eq(seat.community, entry.community),
            isNull(seat.retiredOn),
          ),
        )
        .get() ?? insertSeat(tx, ctx, salonId, { community: entry.community });
    seatPerson(tx, ctx, place, personId);
  } else {
    const { role, unit } = entry;
    addMembership(tx, ctx, { salonId, personId, role, unit });
    record(tx, ctx, { action: 'member.add', salonId, subject: personId, detail: { role } });
  }
  if (passwordHash !== null) return undefined;
  const pass = issuePass(tx, ctx, { personId, kind: 'invitation', salonId });
  return { ...pass, name: entry.name, community: entry.community };
}
