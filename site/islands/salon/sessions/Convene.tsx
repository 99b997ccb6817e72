import { useState } from 'preact/hooks';
import { api, ask, once } from '../../../lib/api.ts';
import { Field, Form } from '../../kit/form.tsx';
import { clockOf, dayInWords } from '../../kit/time.ts';
import { sessionUrl } from '../links.ts';
import type { Place } from '../place.tsx';
import type { SessionRow } from './read.ts';

interface Props {
  readonly place: Place;
  readonly sessions: readonly SessionRow[];
  readonly done: () => void;
}

/** 安排一期: the first by hand; later months come by the calendar, or by hand where one is free. */
export function Convene({ place, sessions, done }: Props) {
  const [made, setMade] = useState<{ number: number; date: string }>();
  const first = sessions.length === 0;
  return (
    <>
      {made && (
        <p class="notice" role="status">
          已安排第 {made.number} 期，{dayInWords(made.date)}。各社区已收到通知。
          <a href={sessionUrl(place.slug, made.number)}>去排议程</a>
        </p>
      )}
      <details class="convene" open={first}>
        <summary>{first ? '安排第一期' : '安排一期'}</summary>
        <p>
          定下日期，就按章程倒排：先征集议题，再由各席位投票，确定的议题排进这一期。轮值主席按次序产生。
          {first
            ? '从第二个月起，每月自动安排一期，您只需改日期。'
            : '每月一期，平时自动安排；取消过或空着的月份，可以在这里补上。'}
        </p>
        <Form
          key={made?.number}
          label={first ? '安排第一期' : '安排这一期'}
          primary={first}
          submit={async ({ date = '', time = '', place: where = '' }, key) => {
            const json = { date, time, place: where };
            const { number } = await ask(
              api.salons[':salon'].sessions.$post(
                { param: { salon: place.slug }, json },
                once(key),
              ),
            );
            setMade({ number, date });
            done();
          }}
        >
          {(problem) => <WhenAndWhere last={sessions[0]} problem={problem} />}
        </Form>
      </details>
    </>
  );
}

interface FieldsProps {
  /** What stands in the fields at first. */
  readonly last: Pick<SessionRow, 'startsAt' | 'place'> | undefined;
  readonly problem: Parameters<Parameters<typeof Form>[0]['children']>[0];
  readonly date?: string;
}

export const WhenAndWhere = ({ last, problem, date }: FieldsProps) => (
  <>
    <Field label="日期" name="date" type="date" defaultValue={date} problem={problem} />
    <Field
      label="时间"
      name="time"
      type="time"
      defaultValue={last ? clockOf(last.startsAt) : '15:00'}
      problem={problem}
    />
    <Field label="地点" name="place" defaultValue={last?.place} maxLength={100} problem={problem} />
  </>
);
