import type { Session } from './find.ts';

export const iso = (ms: number): string => new Date(ms).toISOString();
export const isoOrNull = (ms: number | null | undefined): string | null =>
  ms === null || ms === undefined ? null : iso(ms);

interface About {
  readonly session: Session;
  readonly chair: { readonly seatId: string; readonly community: string } | null;
  readonly publishedAt: number | null | undefined;
}

/** What a list and a page say alike of a session. */
export const rowOf = ({ session: found, chair, publishedAt }: About) => ({
  month: found.month,
  number: found.number,
  startsAt: iso(found.startsAt),
  place: found.place,
  note: found.note,
  state: found.state,
  chair,
  cancelReason: found.cancelReason,
  publishedAt: isoOrNull(publishedAt),
});
