import { ActionButton } from '../../kit/ActionButton.tsx';
import { momentInWords } from '../../kit/time.ts';
import { partsOf, wholeText } from './asText.ts';
import { type Draft, draftFrom } from './draft.ts';
import type { Minutes } from './read.ts';

interface Props {
  readonly mine: Draft;
  readonly theirs: Minutes;
  readonly take: () => void;
  readonly putOver: () => Promise<void>;
}

/** Somebody saved meanwhile: both texts where they differ, and what can be done about it. */
export function Stale({ mine, theirs, take, putOver }: Props) {
  const others = new Map(partsOf(draftFrom(theirs), theirs));
  const different = partsOf(mine, theirs).filter(([name, text]) => others.get(name) !== text);
  return (
    <section id="stale" class="stale" aria-labelledby="stale-title">
      <h3 id="stale-title">别人刚改过这份纪要</h3>
      <p>
        {theirs.updatedAt && `${momentInWords(theirs.updatedAt)} 有人存了另一份。`}
        您写的没有丢，下面可以接着改；要存上去，请先选一样。
      </p>
      {different.map(([name, text]) => (
        <div class="stale-part" key={name}>
          <h4>{name}</h4>
          <div>
            <p class="hint">您写的</p>
            <p class="prose-text">{text || '（空）'}</p>
          </div>
          <div>
            <p class="hint">别人存的</p>
            <p class="prose-text">{others.get(name) || '（空）'}</p>
          </div>
        </div>
      ))}
      <div class="bar">
        <button class="button" type="button" data-copy-text={wholeText(mine, theirs)}>
          复制我写的
        </button>
        <ActionButton
          act={async () => take()}
          confirm="用别人存的？您写的会从这一页去掉，要留的请先复制。"
        >
          用别人存的
        </ActionButton>
        <ActionButton act={putOver} confirm="用您写的盖过去？别人刚存的那一份就不在了。">
          用我写的盖过去
        </ActionButton>
      </div>
    </section>
  );
}
