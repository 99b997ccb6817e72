import { forumUrl } from '../links.ts';
import { DONE_WORDS, PLACE_WORDS, WHO_READS } from '../words.ts';
import type { Thread } from './useThread.ts';

/** What it is about, where it stands, who can read it, and what a moderator did to it. */
export function ThreadHead({ thread: { held } }: { readonly thread: Thread }) {
  const { salon, salonName, title, place, asks, isPublic, accepted, pinned, locked, replies } =
    held.thread;
  const { moderation } = held.thread;
  return (
    <header class="opening thread-head">
      <nav class="crumbs" aria-label="位置">
        <ol>
          <li>
            <a href={forumUrl(salon)}>交流区</a>
          </li>
          <li>
            <a href={place.link}>
              {PLACE_WORDS[place.kind]} · {place.name}
            </a>
          </li>
        </ol>
      </nav>
      <h1>{title}</h1>
      <p class="thread-state">
        {accepted !== null && <span class="stamp solved">已有办法</span>}
        {accepted === null && asks && (
          <span class={replies === 0 ? 'stamp waiting-stamp' : 'stamp'}>
            {replies === 0 ? '待回应' : '求助'}
          </span>
        )}
        {pinned && <span class="stamp">置顶</span>}
        {locked && <span class="stamp">已锁定</span>}
        <span>{replies} 条回复</span>
        <span>
          {salonName} · {WHO_READS[isPublic ? 'anybody' : 'members'].label}
        </span>
      </p>
      {moderation && (
        <p class="quiet-note">
          {DONE_WORDS[moderation.action]}。理由：{moderation.reason}
        </p>
      )}
    </header>
  );
}
