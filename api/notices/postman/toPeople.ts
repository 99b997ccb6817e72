import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { person } from '../../../db/schema/index.ts';
import type { Mail, Services } from '../../core/context.ts';
import { isTellable } from '../../forum/tellable.ts';
import { effectiveChoices, setTiming } from '../chosen.ts';
import { groupOf } from '../kinds.ts';
import { type Addressee, writeLetter } from '../letter.ts';
import { mailable } from '../outbox.ts';
import { unsubscribeToken } from '../unsubscribe.ts';
import type { LaneOptions } from './lane.ts';
import { outcomeOf } from './smtp.ts';
import type { Look, Row } from './take.ts';

interface Reader extends Addressee {
  readonly id: string;
}

/** Five a second: what a small mail server takes without a word. */
const GAP_MS = 200;

/** One mail after another, over one connection. */
export function toPeople(
  services: Services,
  siteUrl: string,
  sendMail: (mail: Mail) => Promise<void>,
): Pick<LaneOptions<Reader>, 'receiver' | 'width' | 'gap' | 'look' | 'send' | 'after'> {
  const { secret, production } = services;
  return {
    receiver: 'person',
    width: 1,
    gap: GAP_MS,
    look: lookFor(production),
    async send({ dispatch: { id }, to, items }) {
      const token = unsubscribeToken(secret, { personId: to.id, email: to.email });
      return outcomeOf(() => sendMail(writeLetter({ id, to, items, siteUrl, token })));
    },
    after(tx, { to }, outcome, now) {
      if (outcome.is === 'refused' && addressOf(tx, to.id) === to.email)
        setTiming(tx, to.id, { refusedAt: now });
    },
  };
}

/** What they have not read meanwhile, still want by mail, and are still to know. */
const lookFor =
  (production: boolean): Look<Reader> =>
  (tx, { id: dispatchId, personId }, rows) => {
    const to = tx.get<Reader | undefined>(sql`
      SELECT p.id, p.name, p.email FROM person p LEFT JOIN notice_timing t ON t.person_id = p.id
      WHERE p.id = ${personId} AND ${mailable(production)}`);
    if (!to) return undefined;
    const { choices } = effectiveChoices(tx, to.id);
    const unread = unreadIn(tx, dispatchId);
    const belongs = membershipOf(tx, to.id);
    const wanted = (row: Row): boolean =>
      unread.has(row.noticeSeq) &&
      belongs(row.salonId) &&
      choices.get(groupOf(row.kind)) !== 'off' &&
      isTellable(tx, to.id, row);
    return { to, rows: rows.filter(wanted) };
  };

const unreadIn = (tx: Tx, dispatchId: string): ReadonlySet<number> =>
  new Set(
    tx
      .all<{ seq: number }>(
        sql`SELECT i.notice_seq AS seq FROM delivery d
          JOIN inbox i ON i.notice_seq = d.notice_seq AND i.person_id = d.person_id
          WHERE d.dispatch_id = ${dispatchId} AND i.read_at IS NULL`,
      )
      .map(({ seq }) => seq),
  );

/** Whoever has left a salon hears no more of it. */
function membershipOf(tx: Tx, personId: string): (salonId: string) => boolean {
  const rows = tx.all<{ id: string }>(sql`
    SELECT salon_id AS id FROM membership WHERE person_id = ${personId} AND until IS NULL
    UNION SELECT s.salon_id FROM tenure t JOIN seat s ON s.id = t.seat_id
      WHERE t.person_id = ${personId} AND t.until IS NULL`);
  const salons = new Set(rows.map(({ id }) => id));
  return (salonId) => salons.has(salonId);
}

const addressOf = (tx: Tx, id: string): string | null | undefined =>
  tx
    .select({ email: person.email })
    .from(person)
    .where(and(eq(person.id, id)))
    .get()?.email;
