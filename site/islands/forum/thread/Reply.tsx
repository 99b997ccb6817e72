import { useEffect, useRef } from 'preact/hooks';
import { forum } from '../../../lib/forum.ts';
import { Composer } from '../composer/Composer.tsx';
import type { DraftPlace } from '../composer/draft.ts';
import { useDraft } from '../composer/useDraft.ts';
import type { Thread } from './useThread.ts';

/** Put at the end of what is written; each is another object, also with the same text. */
export interface Quotation {
  readonly text: string;
}

interface Props {
  readonly id: string;
  readonly thread: Thread;
  readonly at: DraftPlace;
  readonly quotation: Quotation | undefined;
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
export function Reply(props: Props) {
  const { id, thread, at, quotation, to, open, setOpen, drop, closed } = props;
  const draft = useDraft(at, { title: '', source: '' });
  const box = useRef<HTMLDivElement>(null);
  const { held, wrote } = thread;
  useEffect(() => {
    if (open) box.current?.querySelector('textarea')?.focus({ preventScroll: true });
  }, [open, to]);
  useEffect(() => {
    if (!quotation) return;
    const before = draft.text.source.trimEnd();
    draft.change({ source: `${before && `${before}\n\n`}${quotation.text}\n\n` });
    const drawn = requestAnimationFrame(() => box.current && writeOn(box.current));
    return () => cancelAnimationFrame(drawn);
  }, [quotation]);
  if (!open) {
    return (
      <p class="reply-begin">
        <button class="button primary" type="button" onClick={() => setOpen(true)}>
          {labelOf(draft.text.source !== '', closed !== undefined)}
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

/** Below what was quoted, with the button in sight. */
function writeOn(box: HTMLElement): void {
  const area = box.querySelector('textarea');
  if (!area) return;
  area.setSelectionRange(area.value.length, area.value.length);
  area.scrollTop = area.scrollHeight;
  box.scrollTop = box.scrollHeight;
}

function labelOf(isBegun: boolean, isClosed: boolean): string {
  if (isClosed) return '看没有发出的回复';
  return isBegun ? '接着写回复' : '写回复';
}
