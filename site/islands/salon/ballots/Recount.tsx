import { useId, useState } from 'preact/hooks';
import { fetchBulletin, mayCheck } from '../../../lib/ballots/bulletinFile.ts';
import { type Recount as Counted, recount } from '../../../lib/ballots/recount.ts';
import { FindReceipt } from './FindReceipt.tsx';
import { RecountReport } from './RecountReport.tsx';

interface Props {
  /** Where the bulletin's exact bytes are. */
  readonly url: string;
  /** SHA-256 of those bytes, hex, as the server states it. */
  readonly hash: string;
  readonly ballot: string;
  /** What a reader is told of it. */
  readonly words: Readonly<Record<'title' | 'about' | 'receipt', string>>;
}

type State =
  | { readonly at: 'start' | 'offline' | 'insecure' }
  | { readonly at: 'counting'; readonly done: number; readonly all: number }
  | { readonly at: 'done'; readonly counted: Counted };

/** 公示: download it, recount it here, find one's own paper in it. */
export function Recount({ url, hash, ballot, words }: Props) {
  const id = useId();
  const [state, setState] = useState<State>({ at: 'start' });
  const start = () => void count(url, hash, setState);
  const counted = state.at === 'done' ? state.counted : undefined;
  return (
    <section class="recount" aria-labelledby={id}>
      <h2 id={id}>{words.title}</h2>
      <p>{words.about}</p>
      <dl class="recount-hash">
        <dt>公示文件的哈希（SHA-256）</dt>
        <dd>
          <code>{inGroups(hash)}</code>
        </dd>
      </dl>
      <div class="bar">
        <button
          class={counted ? 'button' : 'button primary'}
          type="button"
          aria-disabled={state.at === 'counting'}
          onClick={state.at === 'counting' ? undefined : start}
        >
          {counted ? '再计一遍' : '在这台机器上重新计票'}
        </button>
        <a class="button" href={url} download={`公示-${ballot}.json`}>
          下载公示
        </a>
      </div>
      <Progress state={state} />
      {counted && <RecountReport counted={counted} />}
      <FindReceipt title={words.receipt} url={url} hash={hash} ballot={ballot} />
      <details>
        <summary>不联网也能查</summary>
        <p>
          把下载的公示拷到任何一台装有 Node.js 20
          的电脑上，在本平台的程序文件夹里运行下面这一行。它用另一套程序重新计票，不需要网络，也不需要安装别的东西。
        </p>
        <code>npm run ballot:verify -- 公示-{ballot}.json</code>
      </details>
    </section>
  );
}

/** Only the download can fail here; what is wrong with the file the report says. */
async function count(url: string, hash: string, show: (state: State) => void): Promise<void> {
  if (!mayCheck()) return show({ at: 'insecure' });
  show({ at: 'counting', done: 0, all: 0 });
  const file = await fetchBulletin(url);
  if (!file) return show({ at: 'offline' });
  const onProgress = (done: number, all: number) => show({ at: 'counting', done, all });
  show({ at: 'done', counted: await recount(file, { hash, onProgress }) });
}

function Progress({ state }: { readonly state: State }) {
  return (
    <div role="status">
      {state.at === 'counting' && (
        <>
          <p>{state.all === 0 ? '正在下载公示…' : `正在查验签名，共 ${state.all} 张票…`}</p>
          <progress value={state.done} max={Math.max(1, state.all)} aria-label="查验签名" />
        </>
      )}
      {state.at === 'offline' && (
        <p class="notice problem">
          公示没有下载下来。请检查网络，再点一次「在这台机器上重新计票」。
        </p>
      )}
      {state.at === 'insecure' && (
        <p class="notice problem">
          这个浏览器在这个网址下不能查验签名。请换用 https 开头的网址，或下载公示后不联网查验。
        </p>
      )}
      {state.at === 'done' && (
        <p class="visually-hidden">
          {state.counted.faults.length === 0 ? '计票完成，全部相符。' : '计票完成，有不符之处。'}
        </p>
      )}
    </div>
  );
}

/** In groups of eight, so that it can be compared by eye. */
const inGroups = (hex: string): string => (hex.match(/.{1,8}/g) ?? []).join(' ');
