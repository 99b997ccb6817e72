import { useState } from 'preact/hooks';
import { api, ask, once } from '../../lib/api.ts';
import { Field, Form } from '../kit/form.tsx';
import { Show } from '../kit/load.tsx';
import { loadPlace, type Place, PlaceHead, useRoom } from './place.tsx';
import { Calendar } from './seats/Calendar.tsx';
import { LeaveRows, TakeLeave } from './seats/Leaves.tsx';
import { Months } from './seats/Months.tsx';
import { SeatFigure } from './seats/SeatFigure.tsx';
import { OtherSeats, SeatRows } from './seats/SeatRows.tsx';
import { OfferSwap, OpenSwaps, SettledSwaps, SwapsToAnswer } from './seats/Swaps.tsx';

const load = async () => {
  const place = await loadPlace();
  const param = { salon: place.slug };
  const [schedule, swaps] = await Promise.all([
    ask(api.salons[':salon'].rotation.$get({ param })),
    place.isHost || place.seat ? ask(api.salons[':salon'].swaps.$get({ param })) : null,
  ]);
  return { place, schedule, swaps };
};
type Data = Awaited<ReturnType<typeof load>>;

/** The table of seats with the rotation; leave, swaps, 换届, and the calendar feeds. */
export function Seats() {
  const { shown, reload } = useRoom(load);
  return (
    <Show shown={shown} reload={reload}>
      {(data) => (
        <PlaceHead place={data.place} room="seats">
          <Rotation data={data} reload={reload} />
          <Calendar salon={data.place.slug} isMember={data.place.isMember} />
          <section aria-labelledby="all-seats">
            <h2 id="all-seats">全部席位</h2>
            <SeatRows place={data.place} schedule={data.schedule} reload={reload} />
            <OtherSeats
              place={data.place}
              active={data.schedule.seats.map(({ id }) => id)}
              reload={reload}
            />
          </section>
          {data.place.isHost && <AddSeat place={data.place} reload={reload} />}
        </PlaceHead>
      )}
    </Show>
  );
}

interface Props {
  readonly data: Data;
  readonly reload: () => void;
}

function Rotation({ data: { place, schedule, swaps }, reload }: Props) {
  const { slug, seat } = place;
  return (
    <>
      {swaps && <SwapsToAnswer salon={slug} list={swaps} reload={reload} />}
      {schedule.seats.length === 0 ? (
        <p class="notice">还没有席位。主办单位导入名单，或在下面增设，席位就会在这里围成一圈。</p>
      ) : (
        <div class="rotation">
          <SeatFigure schedule={schedule} named />
          <section aria-labelledby="months">
            <h2 id="months">今后十二个月</h2>
            <Months schedule={schedule} mine={seat?.id} />
          </section>
        </div>
      )}
      {swaps && schedule.started && (
        <section aria-labelledby="changes" class="changes">
          <h2 id="changes">请假与调换</h2>
          <LeaveRows salon={slug} leaves={swaps.leaves} reload={reload} />
          <OpenSwaps salon={slug} list={swaps} reload={reload} />
          <details>
            <summary>{seat ? '我要请假' : '替席位请假'}</summary>
            <TakeLeave
              salon={slug}
              leaves={swaps.leaves}
              schedule={schedule}
              seatId={seat?.id}
              reload={reload}
            />
          </details>
          {seat && (
            <details>
              <summary>我要调换</summary>
              <OfferSwap
                salon={slug}
                list={swaps}
                schedule={schedule}
                seatId={seat.id}
                reload={reload}
              />
            </details>
          )}
          <SettledSwaps salon={slug} list={swaps} reload={reload} />
        </section>
      )}
    </>
  );
}

function AddSeat({ place, reload }: { readonly place: Place; readonly reload: () => void }) {
  const [added, setAdded] = useState(0);
  return (
    <section aria-labelledby="add-seat">
      <h2 id="add-seat">增设席位</h2>
      <Form
        key={added}
        label="增设席位"
        primary={false}
        submit={async ({ community = '' }, key) => {
          const param = { salon: place.slug };
          await ask(api.salons[':salon'].seats.$post({ param, json: { community } }, once(key)));
          setAdded(added + 1);
          reload();
        }}
      >
        {(problem) => (
          <Field
            label="社区名称"
            name="community"
            hint="新席位排在最后一位，从今天起加入轮值。"
            autocomplete="off"
            problem={problem}
          />
        )}
      </Form>
    </section>
  );
}
