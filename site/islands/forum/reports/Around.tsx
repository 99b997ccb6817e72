import { Show, useLoaded } from '../../kit/load.tsx';
import { Moment } from '../../kit/Moment.tsx';
import { type Post, type Report, readAround } from './read.ts';

/** The posts before and after the one that is reported. */
export function Around({ report }: { readonly report: Report }) {
  const { shown, reload } = useLoaded(() => readAround(report));
  return (
    <Show shown={shown} reload={reload}>
      {(posts) => (
        <ol class="plain around">
          {posts.map((post) => (
            <li key={post.n} aria-current={post.n === report.n ? 'true' : undefined}>
              <p class="note">
                第 {post.n} 楼 · {post.unit}
                {post.name && `（${post.name}）`} · <Moment iso={post.at} />
                {post.n === report.n && ' · 被举报的就是这一楼'}
              </p>
              <Said post={post} />
            </li>
          ))}
        </ol>
      )}
    </Show>
  );
}

function Said({ post: { state, html, reason } }: { readonly post: Post }) {
  if (state === 'deleted') return <p class="note">作者删除了这一楼。</p>;
  if (state === 'hidden') return <p class="note">这一楼已隐去：{reason}</p>;
  return <div class="post-body" dangerouslySetInnerHTML={{ __html: html }} />;
}
