import { useState } from 'preact/hooks';
import { api, ask, once } from '../../lib/api.ts';
import { ActionButton } from '../kit/ActionButton.tsx';
import { Field, Form } from '../kit/form.tsx';
import { Show, useLoaded } from '../kit/load.tsx';
import { dayInWords } from '../kit/time.ts';
import { Unfold } from '../kit/Unfold.tsx';
import { type Pass, PassCard } from './PassCard.tsx';
import { loadPlace, type Place, PlaceHead } from './place.tsx';
import { SeatTable } from './SeatTable.tsx';

type Seat = Data['seats'][number];

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

const load = async () => {
  const place = await loadPlace();
  return { place, seats: await allSeats(place.slug) };
};
type Data = Awaited<ReturnType<typeof load>>;

/** The table of seats; for the host, 换届, new seats and retired ones. */
export function Seats() {
  const { shown, reload } = useLoaded(load);
  return (
    <Show shown={shown} reload={reload}>
      {({ place, seats }) => {
        const active = seats.filter(({ retiredOn }) => retiredOn === null);
        return (
          <PlaceHead place={place} room="seats">
            {active.length === 0 ? (
              <p class="notice">
                还没有席位。主办单位导入名单，或在下面增设，席位就会在这里围成一圈。
              </p>
            ) : (
              <SeatTable seats={active} />
            )}
            <h2>全部席位</h2>
            <ol class="plain rows">
              {seats.map((seat) => (
                <SeatRow key={seat.id} place={place} seat={seat} reload={reload} />
              ))}
            </ol>
            {place.isHost && <AddSeat place={place} reload={reload} />}
          </PlaceHead>
        );
      }}
    </Show>
  );
}

interface RowProps {
  readonly place: Place;
  readonly seat: Seat;
  readonly reload: () => void;
}

function SeatRow({ place, seat, reload }: RowProps) {
  const { community, position, joinedOn, retiredOn } = seat;
  return (
    <li>
      <span>
        <strong>
          {position}. {community}
        </strong>
        <small>
          {dayInWords(joinedOn)}加入{retiredOn && `，${dayInWords(retiredOn)}撤销`}
        </small>
      </span>
      {place.isMember && (
        <Unfold
          class="seat-more"
          summary={place.isHost && !retiredOn ? '历任书记与换届' : '历任书记'}
        >
          {() => <SeatDetail place={place} seat={seat} reload={reload} />}
        </Unfold>
      )}
    </li>
  );
}

function SeatDetail({ place, seat, reload }: RowProps) {
  const param = { salon: place.slug, seat: seat.id };
  const detail = useLoaded(() => ask(api.salons[':salon'].seats[':seat'].$get({ param })));
  const [pass, setPass] = useState<{ name: string; pass: Pass }>();
  const refresh = () => {
    detail.reload();
    reload();
  };
  return (
    <Show shown={detail.shown} reload={detail.reload}>
      {({ tenures }) => (
        <>
          {tenures.length === 0 && <p>还没有书记。</p>}
          <ul>
            {tenures.map(({ personId, name, since, until }) => (
              <li key={personId + since}>
                {name}：{dayInWords(since)}起{until ? `，至${dayInWords(until)}` : '，现任'}
              </li>
            ))}
          </ul>
          {pass && <PassCard name={pass.name} pass={pass.pass} />}
          {place.isHost && seat.retiredOn === null && (
            <>
              <h3>换届：交给新任书记</h3>
              <Form
                label="办理交接"
                submit={async ({ name = '', phone = '' }, key) => {
                  const json = { person: { name, phone } };
                  const { invitation } = await ask(
                    api.salons[':salon'].seats[':seat']['hand-over'].$post(
                      { param, json },
                      once(key),
                    ),
                  );
                  setPass(invitation ? { name, pass: invitation } : undefined);
                  refresh();
                }}
              >
                {(problem) => (
                  <>
                    <Field label="新任书记姓名" name="name" autocomplete="off" problem={problem} />
                    <Field
                      label="手机号"
                      name="phone"
                      type="tel"
                      hint="已有账号的，姓名与手机号对得上就沿用原账号。"
                      autocomplete="off"
                      problem={problem}
                    />
                  </>
                )}
              </Form>
              <ActionButton
                confirm={`撤销“${seat.community}”的席位？历史会保留，席位不再投票。`}
                act={async () => {
                  await ask(api.salons[':salon'].seats[':seat'].retire.$post({ param }));
                  refresh();
                }}
              >
                撤销席位
              </ActionButton>
            </>
          )}
        </>
      )}
    </Show>
  );
}

function AddSeat({ place, reload }: { place: Place; reload: () => void }) {
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
