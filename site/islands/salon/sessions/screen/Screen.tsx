import { useState } from 'preact/hooks';
import { Show } from '../../../kit/load.tsx';
import { clockOf, dayInWords } from '../../../kit/time.ts';
import { runningOf } from '../../ballots/read.ts';
import { useRoom } from '../../place.tsx';
import { loadMeeting, type Session } from '../read.ts';
import type { PartProps } from '../SessionPage.tsx';
import { SignInRing } from '../SignInRing.tsx';
import { useNow } from '../useNow.ts';
import { numberInWords } from '../words.ts';
import { AgendaPanel } from './AgendaPanel.tsx';
import { BallotPanel } from './BallotPanel.tsx';
import { CodePanel } from './CodePanel.tsx';
import { Controls } from './Controls.tsx';
import { isFresh, lastOver } from './outcome.ts';
import { ResultLink, ResultPanel } from './ResultPanel.tsx';
import { useAwake } from './useAwake.ts';

/** The meeting room's screen: sign in here, who is there, what is being dealt with. */
export function Screen() {
  const { shown, reload } = useRoom(loadMeeting);
  useAwake();
  return (
    <Show shown={shown} reload={reload}>
      {(meeting) => <Drawn {...meeting} reload={reload} />}
    </Show>
  );
}

function Drawn(part: PartProps) {
  const { place, param, session, ballots } = part;
  const { state, may } = session;
  const running = runningOf(ballots);
  const over = lastOver(ballots);
  // Whoever runs the session may put a result away, or show it once more.
  const [wish, setWish] = useState<{ readonly of: string; readonly shown: boolean }>();
  const isShown =
    over !== undefined && (wish?.of === over.id ? wish.shown : isFresh(over, session));
  const outcome = over && {
    isShown,
    toggle: () => setWish({ of: over.id, shown: !isShown }),
  };
  const controls = (may.run || may.prepare || may.draft) && (
    <Controls {...part} outcome={outcome} />
  );
  if (running) {
    return (
      <>
        <Head salon={place.name} session={session} quiet="表决" />
        <BallotPanel ballot={running} />
        {may.run && <Controls {...part} />}
      </>
    );
  }
  if (over && isShown) {
    return (
      <>
        <Head salon={place.name} session={session} quiet="表决结果" />
        <ResultPanel key={over.id} salon={place.slug} ballot={over} />
        {controls}
      </>
    );
  }
  return (
    <>
      <Head salon={place.name} session={session} />
      <div class="screen-body">
        {state === 'open' && may.run && <CodePanel param={param} />}
        {state === 'open' && !may.run && (
          <p class="screen-code">签到码在轮值主席或主办单位打开的屏幕上。</p>
        )}
        {state === 'planned' && <Before session={session} />}
        {state === 'closed' && <After session={session} />}
        <div class="screen-ring">
          <SignInRing
            attendance={session.attendance}
            chair={session.chair?.seatId}
            note={state === 'closed' ? '实到' : '已签到'}
            named
          />
          <GuestLine session={session} />
        </div>
        <div class="screen-aside">
          <AgendaPanel session={session} />
          {over && <ResultLink salon={place.slug} ballot={over} />}
        </div>
      </div>
      {controls}
    </>
  );
}

interface HeadProps {
  readonly salon: string;
  readonly session: Session;
  /** What there is to see instead of the topics. */
  readonly quiet?: string;
}

function Head({ salon, session, quiet }: HeadProps) {
  const { number, topics, chair } = session;
  const now = useNow(1000);
  const title = topics.map((one) => one.title).join('；') || salon;
  const size = title.length > 36 ? 'longest' : title.length > 20 ? 'long' : undefined;
  return (
    <header class="screen-head">
      <p>
        <span>
          {salon}　{numberInWords(number)}
        </span>
        <span>
          {chair && `轮值主席：${chair.community}　`}
          {clockOf(new Date(now).toISOString())}
        </span>
      </p>
      {quiet ? <h1 class="visually-hidden">{quiet}</h1> : <h1 class={size}>{title}</h1>}
    </header>
  );
}

function GuestLine({ session: { guests } }: { session: Session }) {
  const present = guests.filter((one) => one.present);
  if (present.length === 0) return null;
  const units = [...new Set(present.map(({ unit }) => unit))];
  return (
    <p class="screen-guests">
      嘉宾 {present.length} 位：{units.slice(0, 4).join('、')}
      {units.length > 4 && '等'}
    </p>
  );
}

const Before = ({ session: { startsAt, place } }: { session: Session }) => (
  <div class="screen-code">
    <p class="screen-how">{dayInWords(startsAt)}</p>
    <p class="screen-large">{clockOf(startsAt)} 开始</p>
    <p class="screen-how">{place}</p>
  </div>
);

const After = ({ session: { attendance } }: { session: Session }) => (
  <div class="screen-code">
    <p class="screen-large">会议已结束</p>
    <p class="screen-how">
      实到 {attendance.present} 个席位，应到 {attendance.due} 个。谢谢各位。
    </p>
    <p class="screen-how">纪要公布后，各社区会收到通知。</p>
  </div>
);
