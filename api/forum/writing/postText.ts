import { sql } from 'drizzle-orm';
import { statement, type Tx } from '../../../db/client.ts';
import { indexedText } from '../tokens.ts';

const indexed = statement('INSERT OR REPLACE INTO post_text (rowid, text) VALUES (@seq, @text)');

/** Puts a post into the search, or its new text in place of the old. */
export function indexPost(tx: Tx, seq: number, text: string, title?: string): void {
  indexed(tx).run({ seq, text: indexedText(text, title) });
}

/** Takes a post out of the search; nothing of it stays in the index. */
export function unindexPost(tx: Tx, seq: number): void {
  tx.run(sql`DELETE FROM post_text WHERE rowid = ${seq}`);
}
