import { useState } from 'preact/hooks';
import { ask, once } from '../../../lib/api.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { clockOf } from '../../kit/time.ts';
import { AgendaEditor } from './AgendaEditor.tsx';
import { leftInWords, lengthInWords, neighbour, sumOf, timeLeft, timesOf } from './agenda.ts';
import { sessionApi } from './read.ts';
import type { PartProps } from './SessionPage.tsx';
import { useNow } from './useNow.ts';

/** 议程: how long each item takes, which one is at hand, and for chair and host its editor. */
export function Agenda(part: PartProps) {
  const [editing, setEditing] = useState(false);
  const { agenda, may, state } = part.session;
  return (
    <section aria-labelledby="agenda">
      <h2 id="agenda">议程</h2>
      {editing ? (
        <AgendaEditor {...part} close={() => setEditing(false)} />
      ) : (
        <>
          {agenda.length === 0 && <p>还没有排。轮值主席或主办单位可以在这里排议程。</p>}
          {agenda.length > 0 && <Items {...part} />}
          <div class="bar">
            {state === 'open' && may.run && <Drive {...part} />}
            {may.prepare && (
              <button class="button" type="button" onClick={() => setEditing(true)}>
                {agenda.length === 0 ? '排议程' : '修改议程'}
              </button>
            )}
          </div>
        </>
      )}
    </section>
  );
}

function Items({ session: { agenda, startsAt, state, current } }: PartProps) {
  const { begins, ends } = timesOf(startsAt, agenda);
  return (
    <>
      <ol class="plain agenda">
        {agenda.map(({ id, title, minutes }, index) => {
          const isNow = current?.item === id;
          return (
            <li
              key={id}
              class={isNow ? 'now' : undefined}
              aria-current={isNow ? 'step' : undefined}
            >
              {state === 'planned' && (
                <span class="agenda-time">{clockOf(begins[index] ?? '')}</span>
              )}
              <span class="agenda-title">
                {title}
                {isNow && <Left agenda={agenda} current={current} />}
              </span>
              <span class="agenda-minutes">{minutes} 分钟</span>
            </li>
          );
        })}
      </ol>
      <p class="hint">
        共 {lengthInWords(sumOf(agenda))}
        {state === 'planned' && `，${clockOf(startsAt)} 开始，${clockOf(ends)} 结束`}。
      </p>
    </>
  );
}

function Left({ agenda, current }: Pick<PartProps['session'], 'agenda' | 'current'>) {
  const left = timeLeft(agenda, current, useNow(5000));
  if (left === undefined) return null;
  return <small class={left < 0 ? 'over' : undefined}>{leftInWords(left)}</small>;
}

/** 下一项: from a phone, where the screen has no keyboard. */
function Drive({ param, session: { agenda, current }, reload }: PartProps) {
  const go = (item: string | null) => async (key: string) => {
    await ask(sessionApi.current.$put({ param, json: { item } }, once(key)));
    reload();
  };
  const before = neighbour(agenda, current, -1);
  const next = neighbour(agenda, current, 1);
  return (
    <>
      {next && <ActionButton act={go(next)}>{current ? '下一项' : '开始第一项'}</ActionButton>}
      {before && <ActionButton act={go(before)}>上一项</ActionButton>}
    </>
  );
}
