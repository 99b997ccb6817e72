import { hash } from 'node:crypto';
import { Kept } from '../../core/kept.ts';
import { sanitizePost } from '../writing/sanitize.ts';
import { isPlain } from './plain.ts';

/** For about 100,000 posts; an entry is told by a digest. */
const REMEMBERED = 100_000;
const SIZE = 1;

/** What each HTML comes to; null where it is clean as it stands, which all of ours is. */
const known = new Kept<string | null>(REMEMBERED);

/**
 * The HTML of a post as it may reach a page. It was sanitized when it was written: what was put
 * into the database by other means was not. Remembered by the text itself.
 */
export function clean(html: string): string {
  if (isPlain(html)) return html;
  const key = hash('sha256', html, 'base64url');
  const before = known.get(key);
  if (before !== undefined) return before ?? html;
  const cleaned = sanitizePost(html);
  if (cleaned === html) known.set(key, null, SIZE);
  else known.set(key, cleaned, SIZE + Math.ceil(cleaned.length / 100));
  return cleaned;
}
