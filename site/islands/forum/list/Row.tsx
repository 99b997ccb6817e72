import type { ThreadRow } from '../../../lib/forum.ts';
import { Moment } from '../../kit/Moment.tsx';
import { threadUrl } from '../links.ts';
import { PLACE_WORDS } from '../words.ts';

/** A thread at a glance: what, where, by whom, how far it has come. */
export function Row({ row }: { readonly row: ThreadRow }) {
  const isNew = row.unread !== null && row.unread > 0;
  return (
    <li class={isNew ? 'thread-row unread' : 'thread-row'}>
      <h3>
        <a href={threadUrl(row.id)}>{row.title}</a>
      </h3>
      <p class="thread-about">
        <span>
          {PLACE_WORDS[row.place.kind]} · <a href={row.place.link}>{row.place.name}</a>
        </span>
        <span>{row.unit}</span>
        {!row.isPublic && <span>仅成员可见</span>}
        {row.locked && <span>已锁定</span>}
      </p>
      <p class="thread-state">
        {row.pinned && <span class="stamp">置顶</span>}
        <State row={row} />
        {isNew && <strong class="thread-new">{row.unread} 条未读</strong>}
      </p>
      <p class="thread-count">
        <span>
          <strong>{row.replies}</strong> 回复
        </span>
        {row.same > 0 && (
          <span>
            <strong>{row.same}</strong> 同问
          </span>
        )}
      </p>
      <p class="thread-last">
        <Moment iso={row.lastAt} />
        <span>{row.replies > 0 ? `${row.lastUnit}回复` : `${row.lastUnit}发起`}</span>
      </p>
    </li>
  );
}

function State({ row: { asks, accepted, replies } }: { readonly row: ThreadRow }) {
  if (accepted !== null) return <span class="stamp solved">已有办法</span>;
  if (asks && replies === 0) return <span class="stamp waiting-stamp">待回应</span>;
  return asks ? <span class="stamp">求助</span> : null;
}
