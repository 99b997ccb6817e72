import type { Services } from '../../core/context.ts';
import { type Fill, FilledPage } from '../../core/filledPage.ts';
import { Kept } from '../../core/kept.ts';
import { findThread } from '../find.ts';
import { threadDocument } from './document.ts';
import { postsOf } from './posts.ts';

/** Posts on a page. */
const POSTS = 20;
/** Characters, of which the compressed forms add a third at most. */
const MOST = 16 * 1024 * 1024;

const ADDRESS = /^\/forum\/threads\/([0-9a-z]{20})\/$/;

/**
 * Puts the posts of a public thread into its page: for readers without script and for search
 * engines. It says the same to everyone; the script shows members what is theirs.
 */
export function fillThreadPage(
  { db, library }: Pick<Services, 'db' | 'library'>,
  version: () => number,
): Fill {
  const kept = new Kept<{ readonly page: FilledPage; readonly version: number }>(MOST);
  return (path, query, shell) => {
    const [, id = ''] = ADDRESS.exec(path) ?? [];
    const asked = Math.max(1, Math.trunc(Number(query.get('page') ?? 1)) || 1);
    const key = `${id} ${asked} ${shell.etag}`;
    const now = version();
    const before = kept.get(key);
    if (before?.version === now) return before.page;
    const found = findThread(db.orm, id);
    if (!found?.thread.isPublic || found.thread.hiddenAt !== null) return undefined;
    const pages = Math.max(1, Math.ceil(found.thread.posts / POSTS));
    if (asked > pages) return undefined;
    const part = { from: (asked - 1) * POSTS + 1, limit: POSTS };
    const thread = postsOf(db.orm, library, found, part, 'visitors');
    const html = threadDocument(shell.html, { thread, page: asked, pages });
    // Most writes are to something else: then the compressed forms still hold.
    const page = before?.page.html === html ? before.page : new FilledPage(html);
    kept.set(key, { page, version: now }, html.length);
    return page;
  };
}
