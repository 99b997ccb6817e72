import { BOX, cut, dot, type Layout, layOut, MOST_NAMED, nameAt, sizeFor } from './seats/layout.ts';
import type { Mark } from './seats/marks.ts';

interface Seat {
  readonly id: string;
  readonly community: string;
  readonly position: number;
}
interface Props {
  readonly seats: readonly Seat[];
  /** Without one a seat is `later`. */
  readonly marks: ReadonlyMap<string, Mark>;
  /** What the drawing says, for whoever does not see it; a list beside it says the rest. */
  readonly label: string;
  /** In the middle of the table: a small line, a large one, a small one. */
  readonly centre: readonly [above: string, main: string, below: string];
  /** Names outside the ring, where the page is wide enough for them. */
  readonly named?: boolean;
}

const MARKS = ['later', 'past', 'next', 'now'] as const;

/**
 * The salon's picture: one seat for each community round the table, in order from the top; more
 * than a table has room for stand in rows.
 */
export function SeatTable({ seats, marks, label, centre, named = false }: Props) {
  const layout = layOut(seats.length);
  const isRing = layout.shape === 'ring';
  const withNames = named && isRing && seats.length <= MOST_NAMED;
  const kind = [withNames && 'named', !isRing && 'in-rows', !layout.numbered && 'tiny'];
  return (
    <svg
      class={['seat-table', ...kind].filter(Boolean).join(' ')}
      viewBox={`0 0 ${BOX} ${layout.height}`}
      role="img"
      aria-label={label}
    >
      {isRing && <Middle centre={centre} />}
      {MARKS.map((mark) => (
        <path key={mark} class={`seat ${mark}`} d={dotsOf(seats, marks, layout, mark)} />
      ))}
      {layout.numbered && <Numbers seats={seats} marks={marks} layout={layout} />}
      {withNames && <Names seats={seats} marks={marks} />}
    </svg>
  );
}

const dotsOf = (
  seats: readonly Seat[],
  marks: Props['marks'],
  { at, radius }: Layout,
  mark: Mark,
): string =>
  at
    .filter((_, index) => (marks.get(seats[index]?.id ?? '') ?? 'later') === mark)
    .map((place) => dot(place, radius))
    .join('');

function Middle({ centre: [above, main, below] }: Pick<Props, 'centre'>) {
  const middle = BOX / 2;
  const shown = cut(main, 16);
  return (
    <>
      <circle class="seat-table-top" cx={middle} cy={middle} r="116" />
      <text class="seat-table-note" x={middle} y={middle - 30}>
        {above}
      </text>
      <text class="seat-table-main" x={middle} y={middle} font-size={sizeFor(shown, 204, 12, 32)}>
        {shown}
      </text>
      <text class="seat-table-note" x={middle} y={middle + 32}>
        {below}
      </text>
    </>
  );
}

interface OverSeats extends Pick<Props, 'seats' | 'marks'> {
  readonly layout: Layout;
}

const Numbers = ({ seats, marks, layout: { at, radius } }: OverSeats) => (
  <g class="seat-numbers" font-size={Math.min(15, Math.round(radius * 1.05))}>
    {seats.map(({ id, position }, index) => (
      <text key={id} class={marks.get(id)} x={at[index]?.x} y={at[index]?.y}>
        {position}
      </text>
    ))}
  </g>
);

/** On a phone the list names the seats instead. */
const Names = ({ seats, marks }: Pick<Props, 'seats' | 'marks'>) => (
  <g class="seat-names">
    {seats.map(({ id, community }, index) => {
      const { x, y, side } = nameAt(index, seats.length);
      return (
        <text key={id} class={marks.get(id)} x={x} y={y} text-anchor={side}>
          {cut(community, 8)}
        </text>
      );
    })}
  </g>
);
