import { dayInWords } from '../../kit/time.ts';
import { actionUrl, sessionUrl } from '../links.ts';
import type { Row } from './read.ts';
import { ACTION_NAMES, pressing } from './words.ts';

interface Props {
  readonly salon: string;
  readonly rows: readonly Row[];
  readonly done: boolean;
}

/** Cards on a phone, a table's rows where there is room. */
export function ActionList({ salon, rows, done }: Props) {
  const now = new Date().toISOString();
  return (
    <>
      <p class="action-names" aria-hidden="true">
        <span>进度</span>
        <span>事项</span>
        <span>责任单位</span>
        <span>{done ? '办结' : '办结时限'}</span>
        <span>来自</span>
      </p>
      <ol class="plain action-list">
        {rows.map((row) => (
          <Line key={row.id} salon={salon} row={row} now={now} />
        ))}
      </ol>
    </>
  );
}

function Line({ salon, row, now }: { salon: string; row: Row; now: string }) {
  const { id, what, unit, mine, state, overdue, result, session } = row;
  return (
    <li class={overdue ? `${state} late` : state}>
      <span class="action-marks">
        <span class="task-state">{ACTION_NAMES[state]}</span>
        {overdue && <strong>{pressing(row, now)}</strong>}
      </span>
      <div class="action-what">
        <a href={actionUrl(salon, id)}>{what}</a>
        {result && <p class="action-result">{result}</p>}
      </div>
      <span class="cell">
        <span class="cell-name">责任单位</span>
        <span>
          {unit}
          {mine && <span class="tag">我的</span>}
        </span>
      </span>
      <span class="cell">
        <span class="cell-name">{state === 'done' ? '办结' : '时限'}</span>
        <When row={row} now={now} />
      </span>
      <span class="cell action-from">
        <span class="cell-name">来自</span>
        {session.number === null ? (
          '—'
        ) : (
          <a href={sessionUrl(salon, session.number)}>第 {session.number} 期</a>
        )}
      </span>
    </li>
  );
}

function When({ row, now }: { row: Row; now: string }) {
  const { dueOn, doneAt } = row;
  if (doneAt !== null) return <time dateTime={doneAt}>{dayInWords(doneAt)}</time>;
  if (dueOn === null) return <span>没有定时限</span>;
  return (
    <span class="action-due">
      <time dateTime={dueOn}>{dayInWords(dueOn)}</time>{' '}
      {!row.overdue && <em>{pressing(row, now)}</em>}
    </span>
  );
}
