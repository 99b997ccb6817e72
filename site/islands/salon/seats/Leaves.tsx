import { api, ask, once } from '../../../lib/api.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { Choose, Field, Form } from '../../kit/form.tsx';
import { monthInWords } from '../../kit/time.ts';
import type { Schedule } from './marks.ts';
import type { SwapList } from './Swaps.tsx';

interface Props {
  readonly salon: string;
  readonly leaves: SwapList['leaves'];
  readonly reload: () => void;
}

/** Leaves to come, each with the way back where I may take it. */
export function LeaveRows({ salon, leaves, reload }: Props) {
  if (leaves.length === 0) return <p class="hint">今后几个月还没有人请假。</p>;
  return (
    <ul class="plain rows">
      {leaves.map(({ seatId, community, month, reason, mayCancel }) => (
        <li key={seatId + month}>
          <span>
            {community}：{monthInWords(month)}请假
            {reason && <small>{reason}</small>}
          </span>
          {mayCancel && (
            <ActionButton
              act={async (key) => {
                const param = { salon, seat: seatId, month };
                await ask(
                  api.salons[':salon'].seats[':seat'].leaves[':month'].$delete(
                    { param },
                    once(key),
                  ),
                );
                reload();
              }}
            >
              销假
            </ActionButton>
          )}
        </li>
      ))}
    </ul>
  );
}

interface TakeProps extends Props {
  readonly schedule: Schedule;
  /** Whose leave it is; the host chooses. */
  readonly seatId: string | undefined;
}

/** 请假: a seat cannot chair in a month. */
export function TakeLeave({ salon, leaves, schedule, seatId, reload }: TakeProps) {
  const taken = new Set(leaves.filter((one) => one.seatId === seatId).map(({ month }) => month));
  const months = schedule.months.filter(({ month }) => !taken.has(month));
  if (months.length === 0) return <p class="hint">现在没有可以请假的月份。</p>;
  const turn = (row: (typeof months)[number]): string =>
    row.seatId !== null && row.seatId === seatId ? '（轮到您）' : '';
  return (
    <Form
      label="请假"
      primary={false}
      submit={async ({ seat = seatId ?? '', month = '', reason = '' }, key) => {
        const param = { salon, seat };
        const json = { month, reason };
        await ask(api.salons[':salon'].seats[':seat'].leaves.$post({ param, json }, once(key)));
        reload();
      }}
    >
      {(problem) => (
        <>
          {seatId === undefined && (
            <Choose
              label="席位"
              name="seat"
              options={schedule.seats.map(({ id, position, community }) => [
                id,
                `${position}. ${community}`,
              ])}
              problem={problem}
            />
          )}
          <Choose
            label="哪个月不能轮值"
            name="month"
            options={months.map((row) => [row.month, monthInWords(row.month) + turn(row)])}
            problem={problem}
          />
          <Field
            label="原因（可以不填）"
            name="reason"
            hint="请假的月份若已轮到，会马上排给下一位；次序不变，以后补上。"
            autocomplete="off"
            problem={problem}
          />
        </>
      )}
    </Form>
  );
}
