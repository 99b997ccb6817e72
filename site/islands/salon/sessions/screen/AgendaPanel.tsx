import { leftInWords, timeLeft } from '../agenda.ts';
import type { Session } from '../read.ts';
import { useNow } from '../useNow.ts';

/** So many items are shown, those at hand: a screen does not scroll. */
const SHOWN = 6;

/** The agenda with what is being dealt with, and how many minutes it still has. */
export function AgendaPanel({ session: { agenda, current } }: { session: Session }) {
  const now = useNow(1000);
  const left = timeLeft(agenda, current, now);
  const at = agenda.findIndex(({ id }) => id === current?.item);
  const first = Math.max(0, Math.min(at - 1, agenda.length - SHOWN));
  return (
    <section class="screen-agenda" aria-label="议程">
      <ol class="plain">
        {agenda.slice(first, first + SHOWN).map(({ id, title, minutes }, index) => {
          const place = first + index;
          const state = place === at ? 'now' : place < at ? 'done' : undefined;
          return (
            <li key={id} class={state} aria-current={state === 'now' ? 'step' : undefined}>
              <span>{title}</span>
              {state !== 'now' && <small>{minutes} 分钟</small>}
              {state === 'now' && left !== undefined && (
                <strong class={left <= 0 ? 'over' : undefined} role="timer">
                  {leftInWords(left)}
                </strong>
              )}
            </li>
          );
        })}
      </ol>
      {agenda.length === 0 && <p>还没有排议程。</p>}
    </section>
  );
}
