import { sql } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { fold } from '../../core/fold.ts';

/** Parts title and text. Of two letters, so that no query, a phrase of single ones, goes across. */
const BREAK = 'br';

const characters = (text: string): string => [...fold(text)].join(' ');

/** What the search finds a post by. @param title of the thread that it opens */
export const searchable = (text: string, title?: string): string =>
  title === undefined ? characters(text) : `${characters(title)} ${BREAK} ${characters(text)}`;

/** Puts a post into the search, or its new text in place of the old. */
export function indexPost(tx: Tx, seq: number, text: string, title?: string): void {
  tx.run(
    sql`INSERT OR REPLACE INTO post_text (rowid, text) VALUES (${seq}, ${searchable(text, title)})`,
  );
}

/** Takes a post out of the search; nothing of it stays in the index. */
export function unindexPost(tx: Tx, seq: number): void {
  tx.run(sql`DELETE FROM post_text WHERE rowid = ${seq}`);
}
