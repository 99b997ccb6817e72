import { useState } from 'preact/hooks';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { Show } from '../../kit/load.tsx';
import { dayInWords, fromToday, monthInWords } from '../../kit/time.ts';
import { publishedUrl, sessionUrl } from '../links.ts';
import { PublicPage } from '../PublicPage.tsx';
import { loadPlace, type Place, PlaceHead, useRoom } from '../place.tsx';
import { Convene } from './Convene.tsx';
import { serverNow } from './clock.ts';
import { MeetingFacts } from './MeetingFacts.tsx';
import { byTime } from './order.ts';
import { listSessions, type SessionRow } from './read.ts';
import { numberInWords, STATE_NAMES, titleOf } from './words.ts';

const load = async () => {
  const place = await loadPlace();
  return { place, ...(await listSessions(place.slug)) };
};

/** All sessions of the salon: the one at hand large, those to come, and what has been. */
export function SessionList() {
  const { shown, reload } = useRoom(load);
  return (
    <Show shown={shown} reload={reload}>
      {({ place, sessions, next }) => {
        const { atHand, later, past } = byTime(sessions);
        return (
          <PlaceHead place={place} room="sessions">
            {sessions.length === 0 && <NotBegun place={place} />}
            {atHand && <AtHand place={place} session={atHand} />}
            {place.isHost && <Convene place={place} sessions={sessions} done={reload} />}
            {later.length > 0 && (
              <section aria-labelledby="later">
                <h2 id="later">之后</h2>
                <Rows place={place} sessions={later} />
              </section>
            )}
            {past.length > 0 && (
              <section aria-labelledby="past">
                <h2 id="past">往期</h2>
                <Rows place={place} sessions={past} />
                {next && <Earlier place={place} cursor={next} />}
              </section>
            )}
          </PlaceHead>
        );
      }}
    </Show>
  );
}

const NotBegun = ({ place }: { place: Place }) => (
  <p class="notice">
    沙龙还没有开始。{place.isHost ? '您在下面安排第一期' : `${place.hostUnit}安排第一期`}
    以后，每月的会议、轮值主席和议题都会列在这里。
  </p>
);

interface OneProps {
  readonly place: Place;
  readonly session: SessionRow;
}

const hrefOf = ({ place, session: { number } }: OneProps): string | undefined =>
  number === null ? undefined : sessionUrl(place.slug, number);

function AtHand({ place, session }: OneProps) {
  const { state, startsAt, topics } = session;
  const open = state === 'open';
  return (
    <section class="meeting-next" aria-labelledby="next-session">
      <p class="meeting-when">
        <span class="meeting-number">{numberInWords(session.number)}</span>
        {open ? (
          <strong class="meeting-open">正在开</strong>
        ) : (
          fromToday(startsAt, new Date(serverNow()).toISOString())
        )}
      </p>
      <h2 id="next-session">{titleOf(topics)}</h2>
      <MeetingFacts {...session} />
      {session.note && <p class="hint">{session.note}</p>}
      <div class="bar">
        <a class="button primary" href={hrefOf({ place, session })}>
          {open ? '进入会议' : '看议程和材料'}
        </a>
      </div>
    </section>
  );
}

const Rows = ({ place, sessions }: { place: Place; sessions: readonly SessionRow[] }) => (
  <ol class="plain meeting-rows">
    {sessions.map((session) => (
      <Row key={session.month} place={place} session={session} />
    ))}
  </ol>
);

function Row({ place, session }: OneProps) {
  const { number, state, month, startsAt, chair, topics, cancelReason, publishedAt } = session;
  const cancelled = state === 'cancelled';
  const title = topics.length > 0 ? titleOf(topics) : numberInWords(number);
  return (
    <li class={cancelled ? 'cancelled' : undefined}>
      <p class="meeting-month">
        {monthInWords(month)}
        <span>{cancelled ? STATE_NAMES.cancelled : numberInWords(number)}</span>
      </p>
      <div>
        <h3>{number === null ? title : <a href={hrefOf({ place, session })}>{title}</a>}</h3>
        {cancelled ? (
          <p>取消的原因：{cancelReason}</p>
        ) : (
          <p class="hint">
            {dayInWords(startsAt)}
            {chair && `　轮值主席：${chair.community}`}
            {topics.length === 0 && '　议题还没有定'}
            {state === 'closed' && !publishedAt && '　纪要还没有公布'}
          </p>
        )}
        {publishedAt && number !== null && (
          <PublicPage class="tap-link" href={publishedUrl(place.slug, number)}>
            {`第 ${number} 期的公开网页`}
          </PublicPage>
        )}
      </div>
    </li>
  );
}

/** What is older than the first page of the list; it does not change any more. */
function Earlier({ place, cursor }: { place: Place; cursor: string }) {
  const [older, setOlder] = useState<readonly SessionRow[]>([]);
  const [next, setNext] = useState<string | null>(cursor);
  return (
    <>
      <Rows place={place} sessions={older} />
      {next && (
        <div class="bar">
          <ActionButton
            act={async () => {
              const page = await listSessions(place.slug, next);
              setOlder([...older, ...page.sessions]);
              setNext(page.next);
            }}
          >
            更早的会议
          </ActionButton>
        </div>
      )}
    </>
  );
}
