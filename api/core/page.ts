import { z } from 'zod';

/** Where a page of a list ended: the sort value and id of its last row. */
export interface Cursor {
  readonly after: number;
  readonly id: string;
}

const cursorSchema = z.strictObject({ after: z.number().int(), id: z.string().max(40) });

/** What every list takes: `limit` from 1 to 100, and the `next` of the page before. */
export const pageQuery = z.strictObject({
  limit: z.coerce
    .number({ error: '每页条数须是 1 到 100 的整数' })
    .int('每页条数须是 1 到 100 的整数')
    .min(1, '每页条数须是 1 到 100 的整数')
    .max(100, '每页条数须是 1 到 100 的整数')
    .default(20),
  cursor: z
    .string()
    .max(200)
    .refine((text) => readCursor(text) !== undefined, { error: '翻页标记不对，请从第一页重新看' })
    .optional(),
});

export const writeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** @returns undefined for a text that no page gave */
export function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

/**
 * Cuts a list that was read with one row too many.
 * @param rows up to `limit + 1` of them
 */
export function cutPage<T>(
  rows: readonly T[],
  limit: number,
  cursorOf: (row: T) => Cursor,
): { rows: readonly T[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last ? writeCursor(cursorOf(last)) : null };
}
