import { useRef } from 'preact/hooks';
import type { Attendance } from './read.ts';
import { MOST_ROUND, ringOf, shortName } from './ring.ts';

interface Props {
  readonly attendance: Attendance;
  readonly chair: string | undefined;
  /** Names outside the ring, where it is drawn large. */
  readonly named?: boolean;
  /** What the number in the middle counts. */
  readonly note?: string;
}

/**
 * Who has signed in, round the table: a seat is inked when its community is there. Too many for a
 * table are counted.
 */
export function SignInRing({ attendance, chair, named = false, note = '已签到' }: Props) {
  const { due, present, seats } = attendance;
  const label = `${note} ${present} 个席位，应到 ${due} 个`;
  // Whoever was there when the page opened does not come in again.
  const before = useRef(new Set(seats.filter((seat) => seat.present).map(({ seatId }) => seatId)));
  if (due > MOST_ROUND) return <Counter due={due} present={present} note={note} label={label} />;
  const ring = ringOf(seats.length, named);
  return (
    <svg class="sign-in-ring" viewBox={ring.box} role="img" aria-label={label}>
      <circle class="ring-table" r="112" />
      <text class="ring-note" y="-38">
        {note}
      </text>
      <text class="ring-count" y="6">
        {present}
        <tspan class="ring-due"> / {due}</tspan>
      </text>
      {seats.map(({ seatId, community, position, present: isIn }, index) => {
        const at = ring.seats[index];
        if (!at) return null;
        const fresh = isIn && !before.current.has(seatId);
        const marks = [isIn && 'in', fresh && 'fresh', seatId === chair && 'chair'];
        return (
          <g key={seatId} class={['ring-seat', ...marks].filter(Boolean).join(' ')}>
            <circle class="ring-place" cx={at.x} cy={at.y} r={ring.radius} />
            <circle class="ring-ink" cx={at.x} cy={at.y} r={ring.radius} />
            {ring.numbered && (
              <text class="ring-number" x={at.x} y={at.y} font-size={ring.radius}>
                {position}
              </text>
            )}
            {ring.named && (
              <text class={`ring-name ${at.name.side}`} x={at.name.x} y={at.name.y}>
                {shortName(community)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

interface CounterProps extends Pick<Attendance, 'due' | 'present'> {
  readonly note: string;
  readonly label: string;
}

function Counter({ due, present, note, label }: CounterProps) {
  return (
    <div class="sign-in-count">
      <p class="count-note">{note}</p>
      <p class="count-figure">
        <strong>{present.toLocaleString('en-US')}</strong> / {due.toLocaleString('en-US')}
      </p>
      <svg
        class="count-bar"
        viewBox="0 0 100 4"
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        <rect class="count-all" width="100" height="4" />
        <rect class="count-in" width={(100 * present) / Math.max(1, due)} height="4" />
      </svg>
    </div>
  );
}
