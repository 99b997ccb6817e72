import { useState } from 'preact/hooks';
import { ApiProblem } from '../../../lib/api.ts';
import { forum, type PostSource } from '../../../lib/forum.ts';
import { Show, useLoaded } from '../../kit/load.tsx';
import { Composer } from '../composer/Composer.tsx';
import { useDraft } from '../composer/useDraft.ts';
import type { Thread } from './useThread.ts';

interface Props {
  readonly id: string;
  readonly n: number;
  readonly thread: Thread;
  readonly done: () => void;
}

/** One's own post, as it was typed. */
export function EditPost(props: Props) {
  const { shown, reload } = useLoaded(() => forum.source(props.id, props.n));
  return (
    <Show shown={shown} reload={reload}>
      {(stored) => <Editing {...props} stored={stored} />}
    </Show>
  );
}

function Editing({ id, n, thread, done, stored }: Props & { readonly stored: PostSource }) {
  const { salon } = thread.held.thread;
  /** What another device, or another tab, has stored meanwhile. */
  const [theirs, setTheirs] = useState<PostSource>();
  const { edits } = theirs ?? stored;
  const place = `edit ${id} ${n}`;
  const draft = useDraft(
    { salon, person: thread.person, place },
    { title: '', source: stored.source },
  );
  const finish = async (): Promise<void> => {
    await draft.drop();
    done();
  };
  const send = async (source: string, key: string): Promise<void> => {
    try {
      await forum.edit(id, n, source, edits, key);
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'editedMeanwhile') {
        setTheirs(await forum.source(id, n));
      }
      throw error;
    }
    await finish();
    await thread.renew(n);
  };
  return (
    <>
      {theirs && (
        <section class="stale" aria-label="别处刚改过">
          <p>别处存的是下面这样。要用您写的，再按一次“存下修改”；要用别处的，按“用别处的”。</p>
          <p class="prose-text said">{theirs.source}</p>
          <button
            class="button"
            type="button"
            onClick={() => draft.change({ source: theirs.source })}
          >
            用别处的
          </button>
          <button class="button" type="button" data-copy-text={draft.text.source}>
            复制我写的
          </button>
        </section>
      )}
      <Composer
        salon={salon}
        draft={draft}
        label={`修改第 ${n} 楼`}
        sendLabel="存下修改"
        send={send}
      >
        <button class="button" type="button" onClick={finish}>
          不改了
        </button>
      </Composer>
    </>
  );
}
