import { useRef } from 'preact/hooks';
import type { Attendance } from './read.ts';
import { cut, MOST_ROUND, ringOf } from './ring.ts';

interface Props {
  readonly attendance: Attendance;
  readonly chair: string | undefined;
  /** Names outside the ring, where it is drawn large. */
  readonly named?: boolean;
}

/**
 * Who has signed in, round the table: a seat is inked when its community is there. Too many for a
 * table are counted.
 */
export function SignInRing({ attendance, chair, named = false }: Props) {
  const { due, present, seats } = attendance;
  const label = `已签到 ${present} 个席位，应到 ${due} 个`;
  // Whoever was there when the page opened does not come in again.
  const before = useRef(new Set(seats.filter((seat) => seat.present).map(({ seatId }) => seatId)));
  if (due > MOST_ROUND) return <Counter due={due} present={present} label={label} />;
  const ring = ringOf(seats.length, named);
  return (
    <svg class="sign-in-ring" viewBox={ring.box} role="img" aria-label={label}>
      <circle class="ring-table" r="112" />
      <text class="ring-note" y="-38">
        已签到
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
              <text class="ring-name" x={at.name.x} y={at.name.y} text-anchor={at.name.anchor}>
                {cut(community, 8)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

function Counter({ due, present, label }: { due: number; present: number; label: string }) {
  return (
    <div class="sign-in-count">
      <p class="count-note">已签到</p>
      <p class="count-figure">
        <strong>{present.toLocaleString('en-US')}</strong> / {due.toLocaleString('en-US')}
      </p>
      <meter min={0} max={due} value={present} aria-label={label} />
    </div>
  );
}
