import { useState } from 'preact/hooks';
import type { z } from 'zod';
import type { threadPosts } from '../../../../api/forum/contract.ts';
import { api, ask } from '../../../lib/api.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { Sheet } from './Sheet.tsx';

export type Whole = z.infer<typeof threadPosts>;

/** As many as the API gives at once. */
const PAGE = 1000;

/** A thread with all its posts, also those that the page has not come to. */
async function readWhole(thread: string): Promise<Whole> {
  const read = async (from: number): Promise<Whole> => {
    const query = { from: String(from), limit: String(PAGE) };
    const page = await ask(api.threads[':thread'].$get({ param: { thread }, query }));
    return page.thread;
  };
  const whole = await read(1);
  const rows = [...whole.rows];
  for (let from = PAGE + 1; from <= whole.posts; from += PAGE) {
    rows.push(...(await read(from)).rows);
  }
  return { ...whole, rows };
}

/** The pictures of a sheet that was just drawn; one that does not come holds nothing up. */
const pictures = (): Promise<unknown> =>
  Promise.allSettled(
    [...document.querySelectorAll<HTMLImageElement>('[data-sheet] img')].map((img) => img.decode()),
  );

/** 打印 the whole of a thread, and its address to pass on. */
export function ThreadTools({ id }: { readonly id: string }) {
  const [whole, setWhole] = useState<Whole>();
  const printAll = async () => {
    setWhole(await readWhole(id));
    // Once it is drawn.
    await new Promise(requestAnimationFrame);
    await pictures();
    // What is printed later is what the thread says then.
    addEventListener('afterprint', () => setWhole(undefined), { once: true });
    print();
  };
  return (
    <>
      <div class="bar thread-tools">
        <ActionButton act={printAll}>打印整个讨论</ActionButton>
        <button
          class="button"
          type="button"
          data-copy-text={`${location.origin}/forum/threads/${id}/`}
        >
          复制链接
        </button>
      </div>
      {whole && <Sheet thread={whole} />}
    </>
  );
}
