import { useState } from 'preact/hooks';
import { ask, once } from '../../../lib/api.ts';
import { Form, ProseField } from '../../kit/form.tsx';
import { Unfold } from '../../kit/Unfold.tsx';
import { type Attendance as Attending, type Guest, sessionApi } from './read.ts';
import { MOST_ROUND } from './ring.ts';
import type { PartProps } from './SessionPage.tsx';
import { SignInRing } from './SignInRing.tsx';

/** Who has come: round the table and as a list; for the chair, signing someone in by hand. */
export function Attendance({ param, session, reload }: PartProps) {
  const { attendance, guests, state, chair, may } = session;
  const [here, missing] = [
    attendance.seats.filter(({ present }) => present),
    attendance.seats.filter(({ present }) => !present),
  ];
  const present = guests.filter((one) => one.present);
  const closed = state === 'closed';
  return (
    <section aria-labelledby="attendance">
      <h2 id="attendance">{closed ? '出席' : '签到情况'}</h2>
      <div class="attendance">
        <SignInRing
          attendance={attendance}
          chair={chair?.seatId}
          note={closed ? '实到' : '已签到'}
        />
        <div>
          <p>
            应到 {attendance.due} 个席位，实到 {attendance.present} 个
            {present.length > 0 && `；另有嘉宾 ${present.length} 位`}。
            {closed ? '会议已结束，签到不再改变。' : ''}
          </p>
          {attendance.due <= MOST_ROUND && <p class="hint">涂实的席位到了，红圈是轮值主席。</p>}
          <Names title={`到会（${here.length}）`} seats={here} />
          <Names
            title={`${closed ? '没有到会' : '还没有到'}（${missing.length}）`}
            seats={missing}
          />
          {present.length > 0 && (
            <p class="attendees">
              <strong>嘉宾（{present.length}）：</strong>
              {present.map(guestInWords).join('、')}
            </p>
          )}
        </div>
      </div>
      {may.handSignIn && (
        <Unfold summary="代签：手机签不了的">
          {() => (
            <ByHand
              missing={missing}
              guests={guests.filter((one) => !one.present)}
              sign={async (json, key) => {
                await ask(sessionApi.attendance.$post({ param, json }, once(key)));
                reload();
              }}
            />
          )}
        </Unfold>
      )}
    </section>
  );
}

type Seats = Attending['seats'];

const guestInWords = ({ unit, name }: Pick<Guest, 'unit' | 'name'>): string =>
  name ? `${unit}　${name}` : unit;

/** More than these are folded away. */
const SHOWN = 60;

function Names({ title, seats }: { title: string; seats: Seats }) {
  if (seats.length === 0) return null;
  const names = seats.map(({ community, byHand, reason }) =>
    byHand ? `${community}（代签${reason && `：${reason}`}）` : community,
  );
  if (seats.length <= SHOWN) {
    return (
      <p class="attendees">
        <strong>{title}：</strong>
        {names.join('、')}
      </p>
    );
  }
  return <Unfold summary={title}>{() => <p class="attendees">{names.join('、')}</p>}</Unfold>;
}

interface ByHandProps {
  readonly missing: Seats;
  readonly guests: readonly Guest[];
  readonly sign: (
    json: { seat?: string; guest?: string; reason: string },
    key: string,
  ) => Promise<void>;
}

function ByHand({ missing, guests, sign }: ByHandProps) {
  const [signed, setSigned] = useState(0);
  if (missing.length + guests.length === 0) return <p>都已签到。</p>;
  return (
    <Form
      key={signed}
      label="代为签到"
      primary={false}
      submit={async ({ party = '', reason = '' }, key) => {
        const [kind, id = ''] = party.split(' ');
        await sign(kind === 'guest' ? { guest: id, reason } : { seat: id, reason }, key);
        setSigned(signed + 1);
      }}
    >
      {(problem) => (
        <>
          <div class="field">
            <label for="by-hand">替谁签到</label>
            <select id="by-hand" name="party">
              {missing.map(({ seatId, community }) => (
                <option key={seatId} value={`seat ${seatId}`}>
                  {community}
                </option>
              ))}
              {guests.map((one) => (
                <option key={one.id} value={`guest ${one.id}`}>
                  嘉宾：{guestInWords(one)}
                </option>
              ))}
            </select>
          </div>
          <ProseField
            label="原因"
            name="reason"
            hint="会记在出席名单里，例如：手机没电，本人到场。"
            rows={2}
            maxLength={200}
            problem={problem}
          />
        </>
      )}
    </Form>
  );
}
