import { monthInWords } from '../../kit/time.ts';
import { SeatTable } from '../SeatTable.tsx';
import { MOST_ROUND } from './layout.ts';
import { MARK_NAMES, type Mark, marksOf, type Schedule, turnsAtHand } from './marks.ts';

const LEGEND = ['now', 'next', 'past', 'later'] as const satisfies readonly Mark[];

/** The table of seats with the rotation on it, and what its marks mean. */
export function SeatFigure({
  schedule,
  named = false,
}: {
  readonly schedule: Schedule;
  readonly named?: boolean;
}) {
  const { seats, started, now } = schedule;
  const { current, next } = turnsAtHand(schedule);
  const chair = current?.community;
  const count = `${seats.length} 席`;
  const label = [
    `圆桌：${seats.length} 个席位，按次序`,
    chair && `本月轮值主席${chair}`,
    next && `下一位${next.community}`,
  ];
  return (
    <figure class="seat-figure">
      <SeatTable
        seats={seats}
        marks={started ? marksOf(schedule) : new Map()}
        named={named}
        label={label.filter(Boolean).join('；')}
        centre={
          started ? [monthInWords(now), chair ?? '暂缺', '轮值主席'] : ['', count, '还没有排轮值']
        }
      />
      {started && (
        <figcaption>
          {seats.length > MOST_ROUND && <p>本月轮值主席：{chair ?? '暂缺'}</p>}
          <ul class="plain seat-legend">
            {LEGEND.map((mark) => (
              <li key={mark} class={mark}>
                {MARK_NAMES[mark]}
              </li>
            ))}
          </ul>
        </figcaption>
      )}
    </figure>
  );
}
