import type { Post } from '../../../lib/forum.ts';
import { PostBody } from '../PostBody.tsx';
import { authorOf } from '../words.ts';

interface Props {
  readonly post: Post;
  readonly show: (n: number) => void;
}

/** The answer that helped, under the question; it also stands in its own place. */
export function Accepted({ post, show }: Props) {
  if (post.state !== 'shown') return null;
  return (
    <section class="accepted" aria-labelledby="accepted">
      <h2 id="accepted">采纳的办法</h2>
      <p class="post-head">
        <span>{authorOf(post)}</span>
        <a
          href={`#${post.n}`}
          onClick={(event) => {
            event.preventDefault();
            show(post.n);
          }}
        >
          到第 {post.n} 楼
        </a>
      </p>
      <PostBody html={post.html} />
    </section>
  );
}
