import { dayInWords, fromToday, momentInWords } from '../../kit/time.ts';
import type { Concern } from './concerns.ts';

interface Props {
  readonly concerns: readonly Concern[];
  readonly salon: string;
  readonly now: string;
}

/** 现在要办的: one line each, the most urgent first and in vermilion. */
export function Concerns({ concerns, salon, now }: Props) {
  return (
    <section aria-labelledby="concerns" class="concerns">
      <h2 id="concerns">现在要办的</h2>
      {concerns.length === 0 ? (
        <p>现在没有要您办的事。要开会、投票或办理待办时，会写在这里。</p>
      ) : (
        <ol class="plain">
          {concerns.map((concern, index) => (
            <Row
              key={concern.path + concern.verb}
              concern={concern}
              salon={salon}
              now={now}
              first={index === 0 && concern.pressing !== 'open'}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

function Row({
  concern: { what, verb, path, date, dateIs },
  salon,
  now,
  first,
}: Omit<Props, 'concerns'> & { readonly concern: Concern; readonly first: boolean }) {
  return (
    <li class={first ? 'first' : undefined}>
      <strong>{what}</strong>
      {date && (
        <small>
          {dateIs === '应于' ? `应于${inWords(date)}前办结` : inWords(date) + (dateIs ?? '')}（
          {fromToday(date, now)}）
        </small>
      )}
      <a
        class={first ? 'button primary' : 'button'}
        href={addressOf(path, salon)}
        aria-label={`${verb}：${what}`}
      >
        {verb}
      </a>
    </li>
  );
}

/** A day has no time to tell. */
const inWords = (date: string): string =>
  date.length > 10 ? momentInWords(date) : dayInWords(date);

/** Below /salon/, unless it is an address of the site; the inbox is of all salons. */
function addressOf(path: string, salon: string): string {
  if (path === '/inbox/') return path;
  const whole = path.startsWith('/') ? path : `/salon/${path}`;
  return `${whole}${path.includes('?') ? '&' : '?'}salon=${salon}`;
}
