import { useState } from 'preact/hooks';
import { api, ask } from '../../../lib/api.ts';
import { Show, useLoaded } from '../../kit/load.tsx';
import { dayInWords, monthInWords } from '../../kit/time.ts';
import { Unfold } from '../../kit/Unfold.tsx';
import type { Place } from '../place.tsx';
import { MARK_NAMES, marksOf, type Schedule } from './marks.ts';
import { SeatDetail } from './SeatDetail.tsx';

/** So many rows at once: a salon may have thousands of seats. */
const ROWS = 60;

interface Props {
  readonly place: Place;
  readonly schedule: Schedule;
  readonly reload: () => void;
}

/** Every active seat by name, its place in the rotation and, for members, who held it. */
export function SeatRows({ place, schedule, reload }: Props) {
  const { seats, started } = schedule;
  const [wanted, setWanted] = useState('');
  const [most, setMost] = useState(ROWS);
  const found = wanted ? seats.filter(({ community }) => community.includes(wanted)) : seats;
  const marks = marksOf(schedule);
  return (
    <>
      {seats.length > ROWS && (
        <div class="field seat-search">
          <label for="seat-search">找一个席位</label>
          <input
            id="seat-search"
            type="search"
            autocomplete="off"
            onInput={({ currentTarget }) => setWanted(currentTarget.value.trim())}
          />
        </div>
      )}
      {found.length === 0 && <p role="status">没有名称里带“{wanted}”的席位。</p>}
      <ol class="plain seat-list">
        {found.slice(0, most).map(({ id, community, position, last }) => (
          <li key={id}>
            <span>
              <strong>
                {position}. {community}
              </strong>
              {started && (
                <small>
                  {MARK_NAMES[marks.get(id) ?? 'later']}
                  {last && `，最近一次在${monthInWords(last)}`}
                </small>
              )}
            </span>
            <More place={place} seat={{ id, community }} retired={false} reload={reload} />
          </li>
        ))}
      </ol>
      {found.length > most && (
        <button class="button" type="button" onClick={() => setMost(most + ROWS)}>
          再看 {Math.min(ROWS, found.length - most)} 席
        </button>
      )}
    </>
  );
}

interface MoreProps extends Pick<Props, 'place' | 'reload'> {
  readonly seat: { readonly id: string; readonly community: string };
  readonly retired: boolean;
}

function More({ place, seat: { id, community }, retired, reload }: MoreProps) {
  if (!place.isMember) return null;
  const summary = place.isHost && !retired ? '历任书记与换届' : '历任书记';
  return (
    <Unfold summary={summary} label={`${community}：${summary}`}>
      {() => <SeatDetail place={place} id={id} reload={reload} />}
    </Unfold>
  );
}

/** Seats that stand outside the rotation: retired, or to join in a later month. */
export const OtherSeats = (
  props: Omit<Props, 'schedule'> & { readonly active: readonly string[] },
) => <Unfold summary="已撤销或尚未加入的席位">{() => <Others {...props} />}</Unfold>;

async function allSeats(salon: string) {
  const seats = [];
  let cursor: string | undefined;
  do {
    const query = { limit: '100', ...(cursor && { cursor }) };
    const page = await ask(api.salons[':salon'].seats.$get({ param: { salon }, query }));
    seats.push(...page.seats);
    cursor = page.next ?? undefined;
  } while (cursor);
  return seats;
}

function Others({ place, active, reload }: Parameters<typeof OtherSeats>[0]) {
  const all = useLoaded(() => allSeats(place.slug));
  const known = new Set(active);
  return (
    <Show shown={all.shown} reload={all.reload}>
      {(seats) => {
        const others = seats.filter(({ id }) => !known.has(id));
        if (others.length === 0) return <p>没有这样的席位。</p>;
        return (
          <ol class="plain seat-list">
            {others.map(({ id, community, joinedOn, retiredOn }) => (
              <li key={id}>
                <span>
                  <strong>{community}</strong>
                  <small>
                    {dayInWords(joinedOn)}加入{retiredOn && `，${dayInWords(retiredOn)}撤销`}
                  </small>
                </span>
                <More
                  place={place}
                  seat={{ id, community }}
                  retired={retiredOn !== null}
                  reload={reload}
                />
              </li>
            ))}
          </ol>
        );
      }}
    </Show>
  );
}
