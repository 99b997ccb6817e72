import { statement, type Tx } from '../../../db/client.ts';
import { signedIn } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { touch } from '../../core/write.ts';
import type { Post, Thread } from '../find.ts';
import { usePictures, type Written } from './compose.ts';
import { dropDraft } from './drafts.ts';
import { indexPost } from './postText.ts';
import { tellCalled, tellReply } from './tell.ts';

interface Given {
  readonly unit: string;
  readonly source: string;
  readonly written: Written;
  readonly replyTo?: number | undefined;
  /** Place of the draft that this was. */
  readonly draft: string;
}

const inserted = statement<Pick<Post, 'seq' | 'n' | 'unit' | 'replyTo'>>(`
  INSERT INTO post (thread_id, n, author_id, unit, source, html, reply_to, at)
  VALUES (@threadId, @n, @personId, @unit, @source, @html, @replyTo, @at)
  RETURNING seq, n, unit, reply_to AS replyTo`);
// Where the clock was set back the order of the threads holds.
const counted = statement(`
  UPDATE thread SET posts = @n, replies = replies + (@n > 1), version = version + 1,
    last_at = max(@at, last_at), last_unit = @unit
  WHERE id = @threadId`);
const hasRead = statement(`
  INSERT INTO thread_reading (person_id, thread_id, n) VALUES (@personId, @threadId, @n)
  ON CONFLICT DO UPDATE SET n = max(n, excluded.n)`);
const follows = statement(`
  INSERT INTO follow (person_id, thread_id, level) VALUES (@personId, @threadId, 'follow')
  ON CONFLICT DO NOTHING`);

/**
 * Puts a post at the end of a thread, with all that goes with it: counts, search, pictures, who has
 * read and who is told.
 * @returns its number
 */
export function putPost(tx: Tx, ctx: Context, row: Thread, given: Given): number {
  const { unit, source, written, replyTo = null, draft } = given;
  const personId = signedIn(ctx);
  const at = ctx.clock();
  const n = row.posts + 1;
  const threadId = row.id;
  const here = { threadId, n, personId };
  const { html } = written;
  const said = inserted(tx).get({ ...here, unit, source, html, replyTo, at });
  if (!said) throw new Error('No post came of its insertion');
  counted(tx).run({ threadId, n, at, unit });
  indexPost(tx, said.seq, written.text, n === 1 ? row.title : undefined);
  usePictures(tx, written.pictures, row.id);
  // The actor has read the thread up to their own post, and hears of what comes.
  hasRead(tx).run(here);
  follows(tx).run({ personId, threadId });
  dropDraft(tx, ctx, row.salonId, draft);
  const told = tellCalled(tx, ctx, row, said, written.people);
  if (n > 1) tellReply(tx, ctx, row, said, told);
  touch(tx, row.salonId);
  return n;
}
