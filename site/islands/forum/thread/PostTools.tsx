import { useState } from 'preact/hooks';
import { forum } from '../../../lib/forum.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { Field, Form } from '../../kit/form.tsx';
import { Unfold } from '../../kit/Unfold.tsx';
import { Moderate } from './Moderate.tsx';
import type { PostProps } from './PostView.tsx';

/** What one can do with a post: the frequent ones in sight, the others one step away. */
export function PostTools({
  post,
  id,
  thread,
  reply,
  quote,
  edit,
}: PostProps & { readonly edit: () => void }) {
  const { held, renew } = thread;
  const { mine } = held;
  const [chosen, setChosen] = useState('');
  if (!mine) return <Marks n={post.n} marks={post.marks} />;
  const isShown = post.state === 'shown';
  const isOwn = held.own.has(post.n);
  const changes = async (work: Promise<unknown>): Promise<void> => {
    await work;
    await renew(post.n);
  };
  const isAccepted = held.thread.accepted === post.n;
  const may = {
    write: isShown && mine.mayWrite,
    accept: isShown && mine.mayAccept && post.n > 1,
    moderate: mine.mayModerate && post.state !== 'deleted',
  };
  return (
    <div class="post-tools">
      {isShown && isOwn && <Marks n={post.n} marks={post.marks} />}
      {may.write && !isOwn && (
        <ActionButton
          pressed={held.marked.has(post.n)}
          act={(key) => changes(forum.mark(id, post.n, !held.marked.has(post.n), key))}
        >
          {post.n === 1 ? '同问' : '有用'}
          {post.marks > 0 && ` ${post.marks}`}
        </ActionButton>
      )}
      {may.write && (
        <>
          <button class="button" type="button" onClick={() => reply(post.n)}>
            回复
          </button>
          <button
            class="button"
            type="button"
            // The press itself takes the selection away.
            onPointerDown={() => setChosen(selectedIn(post.n))}
            onClick={() => {
              // By the unit alone: what is quoted may be read by visitors, who are shown no names.
              quote(post.n, chosen || textOf(post.n), `${post.unit}（第 ${post.n} 楼）`);
              setChosen('');
            }}
          >
            引用
          </button>
        </>
      )}
      {may.accept && (
        <ActionButton
          act={(key) => changes(forum.accept(id, isAccepted ? null : post.n, key))}
          {...(isAccepted && { confirm: '不再采纳这一楼？' })}
        >
          {isAccepted ? '取消采纳' : '采纳'}
        </ActionButton>
      )}
      {(may.write || may.moderate || (isOwn && isShown)) && (
        <Unfold class="post-more" summary="更多" label={`第 ${post.n} 楼：更多`}>
          {() => (
            <div class="post-menu">
              {isOwn && isShown && (
                <>
                  <button class="button" type="button" onClick={edit}>
                    修改
                  </button>
                  <ActionButton
                    act={(key) => changes(forum.remove(id, post.n, key))}
                    confirm="删除这一楼？内容不能找回，只留下删除的痕迹。"
                  >
                    删除
                  </ActionButton>
                </>
              )}
              <button
                class="button"
                type="button"
                data-copy-text={`${location.origin}${location.pathname}#${post.n}`}
              >
                复制这一楼的地址
              </button>
              {!isOwn && isShown && mine.mayWrite && <Report id={id} n={post.n} />}
              {may.moderate && (
                <Moderate
                  thread={thread}
                  id={id}
                  n={post.n}
                  actions={[isShown ? 'hide' : 'show']}
                />
              )}
            </div>
          )}
        </Unfold>
      )}
    </div>
  );
}

function Marks({ n, marks }: { readonly n: number; readonly marks: number }) {
  if (marks === 0) return null;
  return <span class="post-marks">{n === 1 ? `${marks} 人同问` : `${marks} 人觉得有用`}</span>;
}

const bodyOf = (n: number): HTMLElement | null =>
  document.getElementById(String(n))?.querySelector<HTMLElement>('.post-body') ?? null;

const textOf = (n: number): string => bodyOf(n)?.innerText ?? '';

/** What is selected, where all of it is in this post. */
function selectedIn(n: number): string {
  const selection = getSelection();
  const [body, range] = [bodyOf(n), selection?.rangeCount ? selection.getRangeAt(0) : undefined];
  return body && range && body.contains(range.commonAncestorContainer)
    ? String(selection).trim()
    : '';
}

function Report({ id, n }: { readonly id: string; readonly n: number }) {
  const [sent, setSent] = useState(false);
  if (sent) return <p role="status">已告诉主持人，处理后会通知您。</p>;
  return (
    <Unfold summary="举报" label={`举报第 ${n} 楼`}>
      {() => (
        <Form
          label="交给主持人"
          primary={false}
          submit={async ({ reason = '' }, key) => {
            await forum.report(id, n, reason, key);
            setSent(true);
          }}
        >
          {(problem) => (
            <Field
              label="哪里不妥"
              name="reason"
              hint="只有主持人知道是您举报的。"
              maxLength={200}
              problem={problem}
            />
          )}
        </Form>
      )}
    </Unfold>
  );
}
