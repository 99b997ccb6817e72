import { dayInWords, momentInWords } from '../../kit/time.ts';
import { PostBody } from '../PostBody.tsx';
import type { Whole } from './ThreadTools.tsx';

type Post = Whole['rows'][number];

const GONE = { deleted: '作者删除了这一楼。', hidden: '主持人隐去了这一楼。' } as const;

/** A thread as it goes to the printer: every post, no controls. On the screen it is not there. */
export function Sheet({ thread }: { readonly thread: Whole }) {
  const { id, title, salonName, place, rows, accepted, isPublic } = thread;
  return (
    <section class="sheet" data-sheet aria-hidden="true">
      <p class="sheet-place">
        {salonName} · {place.name}
      </p>
      <h1>{title}</h1>
      <p class="note">
        {`${location.origin}/forum/threads/${id}/`}，{dayInWords(new Date().toISOString())}打印，共{' '}
        {rows.length} 楼{!isPublic && '。仅沙龙成员可见，请勿外传'}
      </p>
      {rows.map((post) => (
        <PrintedPost key={post.n} post={post} isAccepted={post.n === accepted} />
      ))}
    </section>
  );
}

function PrintedPost({ post, isAccepted }: { readonly post: Post; readonly isAccepted: boolean }) {
  const { n, unit, name, at, replyTo, state, html, reason } = post;
  return (
    <article class="sheet-post">
      <p class="sheet-by">
        <strong>
          #{n} {unit}
          {name && ` ${name}`}
        </strong>
        ，{momentInWords(at)}
        {replyTo !== null && `，回复 #${replyTo}`}
        {isAccepted && <b>已采纳</b>}
      </p>
      {state === 'shown' ? (
        <PostBody html={html} />
      ) : (
        <p>
          {GONE[state]}
          {reason && `理由：${reason}`}
        </p>
      )}
    </article>
  );
}
