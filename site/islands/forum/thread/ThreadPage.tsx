import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ApiProblem } from '../../../lib/api.ts';
import { signInPath } from '../../../lib/session.ts';
import { Show } from '../../kit/load.tsx';
import { ProblemNote } from '../../kit/problem.tsx';
import { draftShelf } from '../composer/draft.ts';
import { quoted } from '../composer/edit.ts';
import { ThreadTools } from '../print/ThreadTools.tsx';
import { Accepted } from './Accepted.tsx';
import { firstOf, lastOf, newOnes, nextStart, previousStart, shownOf } from './held.ts';
import { PostView } from './PostView.tsx';
import { type Quotation, Reply } from './Reply.tsx';
import { ThreadHead } from './ThreadHead.tsx';
import { ThreadMenu } from './ThreadMenu.tsx';
import { useKeys } from './useKeys.ts';
import { useSeen } from './useSeen.ts';
import { type Opened, type Thread as ThreadState, useOpened, useThread } from './useThread.ts';

/** A thread. What the server had put into the page for whoever has no script makes way for it. */
export function ThreadPage() {
  const { shown, reload } = useOpened();
  const served = document.getElementById('served');
  const isThere = served?.querySelector('article') != null;
  if (shown.state === 'loading' && isThere) return null;
  return (
    <Show shown={shown} reload={reload}>
      {(opened) => <Thread opened={opened} />}
    </Show>
  );
}

function Thread({ opened }: { readonly opened: Opened }) {
  const { id, me, unreadFrom } = opened;
  // First of all: its posts bear the same numbers.
  useLayoutEffect(() => document.getElementById('served')?.remove(), []);
  const thread = useThread(opened);
  const { held, stale, busy, problem } = thread;
  const { mine, thread: about } = held;
  const at = { salon: about.salon, person: thread.person, place: `reply ${id}` };
  /** Written before, and never posted. */
  const isLeft = useMemo(() => draftShelf(at).read()?.source.trim(), []);
  const [replying, setReplying] = useState<number>();
  const [writing, setWriting] = useState(false);
  const [quotation, setQuotation] = useState<Quotation>();
  const rows = shownOf(held);
  useEffect(() => {
    document.title = `${about.title} · 圆桌`;
  }, [about.title]);
  useSeen(id, mine?.read, `${firstOf(held)} ${lastOf(held)} ${held.upTo}`);
  const reply = (n?: number): void => {
    if (!mine?.mayWrite) return;
    setReplying(n);
    setWriting(true);
  };
  useKeys(() => reply());
  const quote = (n: number, text: string, whose: string): void => {
    reply(n);
    setQuotation({ text: quoted(text, whose) });
  };
  const fresh = newOnes(held);
  return (
    <div class="thread">
      <ThreadHead thread={thread} />
      {stale && (
        <p class="notice" role="status">
          {isGone(stale)
            ? '这个讨论刚刚被撤下，下面是撤下以前的内容。'
            : '没有连上，显示的是刚才的内容；连上以后会自己更新。'}
        </p>
      )}
      <Jumps thread={thread} unreadFrom={unreadFrom} />
      {previousStart(held) !== undefined && (
        <Edge label={`看前面的（到第 ${firstOf(held) - 1} 楼）`} busy={busy} go={thread.above} />
      )}
      <div class={rows.length > 100 ? 'posts many' : 'posts'}>
        {rows.map((post) => (
          <>
            {post.n === unreadFrom && post.n > 1 && (
              <p class="unread-line" key={`unread-${post.n}`}>
                从这里起没看过
              </p>
            )}
            <PostView
              key={post.n}
              post={post}
              id={id}
              thread={thread}
              reply={reply}
              quote={quote}
            />
            {post.n === 1 && thread.accepted && (
              <Accepted key="accepted" post={thread.accepted} show={thread.show} />
            )}
          </>
        ))}
      </div>
      <ProblemNote problem={problem} />
      {nextStart(held) !== undefined && (
        <Edge
          label={`看后面的（还有 ${held.upTo - lastOf(held)} 楼）`}
          busy={busy}
          go={thread.below}
          eager
        />
      )}
      <div role="status">
        {fresh > 0 && (
          <button class="button fresh-replies" type="button" onClick={thread.showNew}>
            有 {fresh} 条新回复 · 显示
          </button>
        )}
      </div>
      {mine && (mine.mayWrite || writing || isLeft) ? (
        <Reply
          id={id}
          thread={thread}
          at={at}
          quotation={quotation}
          to={replying}
          open={writing}
          setOpen={setWriting}
          drop={() => setReplying(undefined)}
          closed={closedBecause(thread)}
        />
      ) : (
        <Closed thread={thread} isSignedIn={me !== null} />
      )}
      <ThreadTools id={id} />
      {mine && <ThreadMenu id={id} thread={thread} mine={mine} />}
    </div>
  );
}

const isGone = ({ status }: ApiProblem): boolean => status === 404 || status === 410;

/** Why what is being written cannot be posted any more. */
function closedBecause({ held, stale }: ThreadState): string | undefined {
  if (stale && isGone(stale)) {
    return '这个讨论刚刚被撤下，不能再回复；您写的还在，可以复制。';
  }
  return held.thread.locked
    ? '主持人刚刚锁定了这个讨论，暂时不能回复；您写的还在，可以复制后另开一个讨论。'
    : undefined;
}

/** First, unread and last, where there is a way to go. */
function Jumps({
  thread: { held, show },
  unreadFrom,
}: {
  readonly thread: ThreadState;
  readonly unreadFrom: number | undefined;
}) {
  if (held.upTo < 8) return null;
  return (
    <nav class="jumps" aria-label="跳到">
      <button type="button" onClick={() => show(1)}>
        第一楼
      </button>
      {unreadFrom !== undefined && (
        <button type="button" onClick={() => show(unreadFrom)}>
          没看过的
        </button>
      )}
      <button type="button" onClick={() => show(held.upTo)}>
        最后一楼
      </button>
      <span class="hint needs-keys">按 j、k 一楼一楼看，按 r 回复</span>
    </nav>
  );
}

interface EdgeProps {
  readonly label: string;
  readonly busy: boolean;
  readonly go: () => void;
  /** Goes by itself when it comes near. */
  readonly eager?: boolean;
}

/** Where the posts that are here end, and more of them are. */
function Edge({ label, busy, go, eager = false }: EdgeProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!eager || busy || !button.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && go(),
      { rootMargin: '600px' },
    );
    observer.observe(button.current);
    return () => observer.disconnect();
    // Looked at anew after each page: another one may be due at once.
  }, [label, busy]);
  return (
    <p class="edge">
      <button class="button" type="button" ref={button} aria-disabled={busy} onClick={go}>
        {busy ? '正在取…' : label}
      </button>
    </p>
  );
}

/** Why one cannot reply here. */
function Closed({
  thread: { held },
  isSignedIn,
}: {
  readonly thread: ThreadState;
  readonly isSignedIn: boolean;
}) {
  const { locked, salonName } = held.thread;
  if (locked) return <p class="quiet-note">主持人锁定了这个讨论，暂时不能回复。</p>;
  if (isSignedIn) return <p class="quiet-note">您可以看；回复要是{salonName}的成员。</p>;
  return (
    <div class="quiet-note">
      <p>要回复，请先登录；还没有账号的，由{salonName}的主办单位发邀请。</p>
      <a class="button primary" href={signInPath()}>
        登录
      </a>
    </div>
  );
}
