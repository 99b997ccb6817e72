import { useState } from 'preact/hooks';
import type { Post } from '../../../lib/forum.ts';
import { Moment } from '../../kit/Moment.tsx';
import { PostBody } from '../PostBody.tsx';
import { authorOf } from '../words.ts';
import { EditPost } from './EditPost.tsx';
import { History } from './History.tsx';
import { PostTools } from './PostTools.tsx';
import type { Thread } from './useThread.ts';

export interface PostProps {
  readonly post: Post;
  /** Of the thread. */
  readonly id: string;
  readonly thread: Thread;
  readonly reply: (n: number) => void;
  readonly quote: (n: number, text: string, whose: string) => void;
}

/** One post in its place, or the trace of one that is gone. */
export function PostView(props: PostProps) {
  const { post, id, thread } = props;
  const [editing, setEditing] = useState(false);
  const isAccepted = thread.held.thread.accepted === post.n;
  return (
    <article
      class={isAccepted ? 'post is-accepted' : 'post'}
      id={String(post.n)}
      tabIndex={-1}
      aria-label={`第 ${post.n} 楼，${authorOf(post)}`}
    >
      <header class="post-head">
        <strong>{post.unit}</strong>
        {post.name !== null && <span>{post.name}</span>}
        <Moment iso={post.at} />
        {post.replyTo !== null && (
          <a href={`#${post.replyTo}`} class="post-to">
            回复第 {post.replyTo} 楼
          </a>
        )}
        {isAccepted && <span class="stamp solved">已采纳</span>}
        <a class="post-n" href={`#${post.n}`} aria-label={`第 ${post.n} 楼的地址`}>
          #{post.n}
        </a>
      </header>
      {post.state === 'shown' && !editing && <PostBody html={post.html} />}
      {post.state === 'shown' && post.editedAt !== null && !editing && (
        <History id={id} n={post.n} editedAt={post.editedAt} />
      )}
      {editing && <EditPost id={id} n={post.n} thread={thread} done={() => setEditing(false)} />}
      {post.state !== 'shown' && <Gone post={post} />}
      {!editing && <PostTools {...props} edit={() => setEditing(true)} />}
    </article>
  );
}

const Gone = ({ post: { state, reason, goneAt } }: { readonly post: Post }) => (
  <p class="post-gone">
    {state === 'deleted' ? '作者' : '主持人'}
    {goneAt !== null && (
      <>
        于 <Moment iso={goneAt} />{' '}
      </>
    )}
    {state === 'deleted' ? '删除了这一楼。' : '隐去了这一楼。'}
    {reason && `理由：${reason}`}
  </p>
);
