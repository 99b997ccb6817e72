import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Orm, Tx } from '../../../db/client.ts';
import { delivery, dispatch, notice, salon } from '../../../db/schema/index.ts';
import { patiently } from '../../core/patience.ts';
import { inSalon } from '../inbox.ts';
import { groupOf, inWords } from '../kinds.ts';
import { oneLine } from '../letter.ts';
import { LONGEST_PAUSE, pauseAfter } from '../rules.ts';
import { RECEIVER_COLUMN, type Receiver } from './gather.ts';
import type { Item } from './types.ts';

export type Dispatch = typeof dispatch.$inferSelect;
export type Row = ReturnType<typeof rowsOf>[number];

/** What is tried now, to whom. */
export interface Parcel<To> {
  /** As it was before this try. */
  readonly dispatch: Dispatch;
  readonly to: To;
  readonly items: readonly Item[];
}

/** What of a message is still to be sent, asked at the last moment; undefined where nothing is. */
export interface Wanted<To> {
  readonly to: To;
  readonly rows: readonly Row[];
  /** Too much for one message: these wait for the next. */
  readonly later?: readonly Row[];
}
export type Look<To> = (tx: Tx, dispatch: Dispatch, rows: readonly Row[]) => Wanted<To> | undefined;

/**
 * Takes the next message that is due, and writes down that a try has begun before it begins: if
 * this process ends now, it is tried again later, under the same name.
 * @returns 'dropped' where nobody needs it any more, undefined where none is due
 */
export const take = <To>(
  orm: Orm,
  { receiver, siteUrl, now }: { receiver: Receiver; siteUrl: string; now: number },
  look: Look<To>,
): Promise<Parcel<To> | 'dropped' | undefined> =>
  patiently(() => {
    if (!nextOf(orm, receiver, now)) return undefined;
    return orm.transaction(
      (tx) => {
        const found = nextOf(tx, receiver, now);
        return found && begin(tx, found, { siteUrl, now }, look);
      },
      { behavior: 'immediate' },
    );
  });

/** A moment that lies further ahead than any pause was written by a clock that was wrong. */
const nextOf = (reader: Orm | Tx, receiver: Receiver, now: number): Dispatch | undefined =>
  reader
    .select()
    .from(dispatch)
    .where(
      sql`state = 'waiting' AND ${RECEIVER_COLUMN[receiver]} IS NOT NULL
        AND (next_at <= ${now} OR next_at > ${now + LONGEST_PAUSE})`,
    )
    .orderBy(asc(dispatch.nextAt))
    .limit(1)
    .get();

function begin<To>(
  tx: Tx,
  found: Dispatch,
  { siteUrl, now }: { siteUrl: string; now: number },
  look: Look<To>,
): Parcel<To> | 'dropped' {
  const rows = rowsOf(tx, found.id);
  const wanted = look(tx, found, rows);
  const kept = new Set(wanted && [...wanted.rows, ...(wanted.later ?? [])].map(({ seq }) => seq));
  const gone = rows.map(({ seq }) => seq).filter((seq) => !kept.has(seq));
  if (gone.length > 0) tx.delete(delivery).where(inArray(delivery.seq, gone)).run();
  const later = wanted?.later?.map(({ seq }) => seq) ?? [];
  if (later.length > 0) {
    tx.update(delivery).set({ dispatchId: null }).where(inArray(delivery.seq, later)).run();
  }
  const same = and(eq(dispatch.id, found.id), eq(dispatch.state, 'waiting'));
  if (!wanted || wanted.rows.length === 0) {
    tx.update(dispatch).set({ state: 'not needed', doneAt: now, trouble: null }).where(same).run();
    return 'dropped';
  }
  const tries = found.tries + 1;
  const nextAt = now + pauseAfter(tries);
  tx.update(dispatch).set({ tries, nextAt, inDoubt: true }).where(same).run();
  return { dispatch: found, to: wanted.to, items: wanted.rows.map(itemOf(siteUrl)) };
}

const rowsOf = (tx: Tx, dispatchId: string) =>
  tx
    .select({
      seq: delivery.seq,
      noticeSeq: notice.seq,
      kind: notice.kind,
      data: notice.data,
      at: notice.at,
      salonId: salon.id,
      salon: salon.name,
      slug: salon.slug,
    })
    .from(delivery)
    .innerJoin(notice, eq(notice.seq, delivery.noticeSeq))
    .innerJoin(salon, eq(salon.id, notice.salonId))
    .where(eq(delivery.dispatchId, dispatchId))
    .orderBy(asc(notice.seq))
    .all();

const itemOf =
  (siteUrl: string) =>
  ({ noticeSeq, kind, data, at, salon: name, slug }: Row): Item => {
    const { text, path } = inWords(kind, data);
    const link = `${siteUrl}${inSalon(path, slug)}`;
    return {
      seq: noticeSeq,
      kind,
      group: groupOf(kind),
      text: oneLine(text),
      link,
      salon: name,
      at,
    };
  };
