import { useLoaded } from '../../kit/load.tsx';
import { dayInWords } from '../../kit/time.ts';
import { actionUrl } from '../links.ts';
import { readMinutes } from '../minutes/read.ts';
import type { Meeting } from './read.ts';

/** What the published minutes give to whom; without an answer the page is whole all the same. */
export function Agreed({ param: { salon, number } }: Meeting) {
  const { shown } = useLoaded(() => readMinutes(salon, number));
  if (shown.state !== 'ready' || shown.data.actions.length === 0) return null;
  return (
    <section aria-labelledby="agreed">
      <h2 id="agreed">议定的待办</h2>
      <ul class="plain rows">
        {shown.data.actions.map(({ id, what, unit, dueOn }) => (
          <li key={id}>
            <span>
              <a class="tap-link" href={actionUrl(salon, id)}>
                {what}
              </a>
              <small>
                {unit}
                {dueOn && `，${dayInWords(dueOn)}前办结`}
              </small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
