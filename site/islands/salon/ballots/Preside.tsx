import { useState } from 'preact/hooks';
import { ask, once } from '../../../lib/api.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { Choose, Form, ProseField } from '../../kit/form.tsx';
import { clockOf } from '../../kit/time.ts';
import { Unfold } from '../../kit/Unfold.tsx';
import type { SessionParam } from '../sessions/read.ts';
import { useNow } from '../sessions/useNow.ts';
import { ballotApi, ballotsApi, type SessionBallot, type SessionBallots } from './read.ts';

interface CallProps {
  readonly callable: NonNullable<SessionBallots['callable']>;
  readonly param: SessionParam;
  /** @param ballot that is now being taken */
  readonly called: (ballot: string) => void;
}

/** 开始表决: only what is due can be called, and the server says why not. */
export function Call({ callable, param, called }: CallProps) {
  const { kind, title, hindrance, scrutineers, mayCall } = callable;
  if (hindrance) {
    return (
      <p>
        {title}：现在还不能开始。{hindrance}
      </p>
    );
  }
  if (!mayCall) return <p>这一期要办：{title}。由主持的人开始，开始后在这里领票。</p>;
  return (
    <>
      <p>这一期要办：{title}。请先请大家签到，再开始。</p>
      <Form
        label={`开始表决：${title}`}
        confirm={() => `现在开始“${title}”？屏幕上会显示核对码，各席随即签到领票。`}
        submit={async ({ scrutineer }, key) => {
          const json = { kind, ...(scrutineer && { scrutineerSeatId: scrutineer }) };
          const { ballot } = await ask(ballotsApi.$post({ param, json }, once(key)));
          called(ballot);
        }}
      >
        {(problem) =>
          scrutineers && (
            <Choose
              label="监票人"
              name="scrutineer"
              hint="不能是委员，也不能是候选人。"
              problem={problem}
              options={scrutineers.map(({ seatId, community }) => [seatId, community])}
            />
          )
        }
      </Form>
    </>
  );
}

interface Props {
  readonly ballot: SessionBallot;
  readonly param: SessionParam;
  readonly reload: () => void;
}

/** For whoever presides: whom one waits for, the announcement, and the start of casting. */
export function Preside({ ballot, param, reload }: Props) {
  if (ballot.state !== 'taking') {
    return (
      <p class="hint">
        {ballot.castUntil && `${clockOf(ballot.castUntil)} 截止，`}
        票都投出就提前结束，由系统自动计票；谁也不能提前结束或延长。
      </p>
    );
  }
  return (
    <div class="ballot-preside">
      <h3>主持</h3>
      <Waiting seats={ballot.waiting ?? []} absent={ballot.absent ?? []} />
      <Close ballot={ballot} param={param} reload={reload} />
      {(ballot.absent ?? []).length > 0 && (
        <Unfold summary="代为签到：手机签不了的">
          {() => <ByHand ballot={ballot} param={param} reload={reload} />}
        </Unfold>
      )}
    </div>
  );
}

type Seats = NonNullable<SessionBallot['waiting']>;
const names = (seats: Seats): string => seats.map(({ community }) => community).join('、');

/** Whom one waits for, and who is in the room without having signed in for the ballot. */
const Waiting = ({ seats, absent }: { readonly seats: Seats; readonly absent: Seats }) => (
  <div role="status">
    {seats.length > 0 && (
      <p>
        还在等 {seats.length} 席领票：{names(seats)}。
      </p>
    )}
    {absent.length > 0 && (
      <p>
        到会而没有办表决签到的有 {absent.length} 席：{names(absent)}。截止后他们不计入这次表决。
      </p>
    )}
    {seats.length + absent.length === 0 && <p>到会的席位都已领票或不领。</p>}
  </div>
);

function Close({ ballot, param, reload }: Props) {
  const now = useNow(1000);
  const { announcedAt, mayCloseAt, waiting, attending, taken } = ballot;
  const of = { salon: param.salon, ballot: ballot.id };
  const waited = (waiting ?? []).length > 0;
  const open = mayCloseAt === null ? 0 : Date.parse(mayCloseAt);
  const hindered = waited && (announcedAt === null || now < open);
  return (
    <>
      {hindered && (
        <p class="hint">
          {announcedAt === null
            ? '还有人没领票：先宣布截止，屏幕上的倒计时走完就能开始投票；都领完了，随时可以开始。'
            : `已宣布截止，${clockOf(new Date(open).toISOString())} 起可以开始投票（还有 ${leftInWords(open - now)}）；都领完了，随时可以开始。`}
        </p>
      )}
      <div class="bar">
        {announcedAt === null && (
          <ActionButton
            act={async (key) => {
              await ask(ballotApi.announce.$post({ param: of }, once(key)));
              reload();
            }}
          >
            宣布截止
          </ActionButton>
        )}
        {!hindered && (
          <ActionButton
            primary={ballot.mine === null || ballot.mine.taken}
            confirm={`截止领票、开始投票？表决签到 ${attending} 席，领票 ${taken} 席${leftOut(ballot)}；截止后不能再签到、再领票。`}
            act={async (key) => {
              await ask(ballotApi.start.$post({ param: of }, once(key)));
              reload();
            }}
          >
            截止领票、开始投票
          </ActionButton>
        )}
      </div>
    </>
  );
}

const leftOut = ({ absent }: SessionBallot): string =>
  absent && absent.length > 0 ? `，另有 ${absent.length} 席到会而没有签` : '';

/** 4:05 @param ms left */
export const leftInWords = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

function ByHand({ ballot, param, reload }: Props) {
  const [signed, setSigned] = useState(0);
  return (
    <Form
      key={signed}
      label="代为签到"
      primary={false}
      submit={async ({ seat = '', reason = '' }, key) => {
        const json = { seatId: seat, reason };
        const of = { salon: param.salon, ballot: ballot.id };
        await ask(ballotApi['sign-in'].hand.$post({ param: of, json }, once(key)));
        setSigned(signed + 1);
        reload();
      }}
    >
      {(problem) => (
        <>
          <Choose
            label="替谁签到"
            name="seat"
            problem={problem}
            options={(ballot.absent ?? []).map(({ seatId, community }) => [seatId, community])}
          />
          <ProseField
            label="原因"
            name="reason"
            hint="计入实到；票只能由本人用自己的手机领。"
            rows={2}
            maxLength={100}
            problem={problem}
          />
        </>
      )}
    </Form>
  );
}
