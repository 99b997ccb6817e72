import { dayInWords, monthInWords } from '../../kit/time.ts';
import type { MonthRow, Schedule } from './marks.ts';

const STATES: Readonly<Record<MonthRow['state'], string>> = {
  past: '已轮值',
  current: '本月',
  announced: '已公布',
  expected: '预计',
};

/** Who chairs in the twelve months to come; mine stand out. */
export function Months({
  schedule: { months, past, started },
  mine,
}: {
  readonly schedule: Schedule;
  readonly mine: string | undefined;
}) {
  if (!started) {
    return <p class="notice">还没有排轮值。主办单位安排第 1 期会议后，这里就有今后十二个月。</p>;
  }
  return (
    <>
      <ol class="plain months">
        {months.map((row) => (
          <Month key={row.month} row={row} mine={mine} />
        ))}
      </ol>
      <p class="hint">已公布的月份不会自己变；预计的月份按眼下的席位和请假推算。</p>
      {past.length > 0 && (
        <details>
          <summary>已经轮值的月份</summary>
          <ol class="plain months">
            {past.map((row) => (
              <Month key={row.month} row={row} mine={mine} />
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

function Month({ row, mine }: { readonly row: MonthRow; readonly mine: string | undefined }) {
  const { month, seatId, community, state, number, startsAt } = row;
  const isMine = seatId !== null && seatId === mine;
  const more = [
    community === null && '没有能轮值的席位',
    number !== null && `第 ${number} 期`,
    startsAt && dayInWords(startsAt),
  ].filter(Boolean);
  return (
    <li class={state}>
      <span class="month">{monthInWords(month)}</span>
      <span>
        <strong>{community ?? '暂缺'}</strong>
        {isMine && <em>您</em>}
      </span>
      <span class="state">{STATES[state]}</span>
      {more.length > 0 && <small>{more.join('，')}</small>}
    </li>
  );
}
