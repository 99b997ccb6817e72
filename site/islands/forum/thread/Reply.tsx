import { useEffect, useRef } from 'preact/hooks';
import { forum } from '../../../lib/forum.ts';
import { Composer } from '../composer/Composer.tsx';
import type { DraftText } from '../composer/useDraft.ts';
import type { Thread } from './useThread.ts';

interface Props {
  readonly id: string;
  readonly thread: Thread;
  readonly draft: DraftText;
  /** The post it answers, if it answers one. */
  readonly to: number | undefined;
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
  /** It answers none in particular. */
  readonly drop: () => void;
  /** Why it cannot be posted any more. */
  readonly closed: string | undefined;
}

/** At the foot of the window while one writes, so that one can read on in the thread. */
export function Reply({ id, thread, draft, to, open, setOpen, drop, closed }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const { held, wrote } = thread;
  useEffect(() => {
    if (open) box.current?.querySelector('textarea')?.focus({ preventScroll: true });
  }, [open, to]);
  if (!open) {
    return (
      <p class="reply-begin">
        <button class="button primary" type="button" onClick={() => setOpen(true)}>
          {draft.text.source ? '接着写回复' : '写回复'}
        </button>
      </p>
    );
  }
  const send = async (source: string, key: string): Promise<void> => {
    const n = await forum.reply(id, source, to, key);
    await draft.drop();
    drop();
    setOpen(false);
    await wrote(n);
  };
  return (
    <div class="dock" ref={box}>
      {to !== undefined && (
        <p class="dock-to">
          <a href={`#${to}`}>回复第 {to} 楼</a>
          <button class="plain-button" type="button" onClick={drop}>
            不指哪一楼
          </button>
        </p>
      )}
      <Composer
        salon={held.thread.salon}
        draft={draft}
        label="回复"
        sendLabel="发出回复"
        send={send}
        closed={closed}
      >
        <button class="button" type="button" onClick={() => setOpen(false)}>
          收起
        </button>
      </Composer>
    </div>
  );
}
