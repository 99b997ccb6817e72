import { momentInWords } from '../../kit/time.ts';
import type { ActionItem } from './read.ts';
import { ACTION_NAMES } from './words.ts';

/** 办理情况, the latest first. */
export function History({ item: { notes, state, mayWork } }: { item: ActionItem }) {
  return (
    <section aria-labelledby="history">
      <h3 id="history">办理记录</h3>
      {notes.length === 0 ? (
        <p class="hint">
          {mayWork && state !== 'done'
            ? '还没有记录。写下第一条，大家就知道已经开始办了。'
            : '还没有记录。责任单位写了办理情况，就在这里。'}
        </p>
      ) : (
        <ol class="plain history" reversed>
          {notes.toReversed().map(({ unit, state: reached, text, at }) => (
            <li key={at} class={reached}>
              <p class="history-when">
                <time dateTime={at}>{momentInWords(at)}</time>
                <span>{unit}</span>
                <span class="task-state">{ACTION_NAMES[reached]}</span>
              </p>
              <p class="prose-text">{text}</p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
