import { About } from '../../forum/about/About.tsx';
import { Show } from '../../kit/load.tsx';
import { Ballots } from '../ballots/Ballots.tsx';
import { runningOf } from '../ballots/read.ts';
import { topicUrl } from '../links.ts';
import { PlaceHead, useRoom } from '../place.tsx';
import { Agenda } from './Agenda.tsx';
import { Agreed } from './Agreed.tsx';
import { Attendance } from './Attendance.tsx';
import { Change } from './Change.tsx';
import { Guests } from './Guests.tsx';
import { Materials } from './Materials.tsx';
import { MeetingFacts } from './MeetingFacts.tsx';
import { Now } from './Now.tsx';
import { loadMeeting, type Meeting } from './read.ts';
import { STATE_NAMES } from './words.ts';

/** What each part of the page is given. */
export interface PartProps extends Meeting {
  readonly reload: () => void;
}

/** One session's working page, from its planning to its minutes: what one can do now comes first. */
export function SessionPage() {
  const { shown, reload } = useRoom(loadMeeting);
  return (
    <Show shown={shown} reload={reload}>
      {(meeting) => {
        const part = { ...meeting, reload };
        const { state, may, attendance, number } = meeting.session;
        // Kept as it is when it moves up.
        const ballots = <Ballots key="ballots" {...part} present={attendance.me} />;
        // A ballot that runs is what matters now, but for whoever has to sign in to the session first.
        const ballotFirst = runningOf(meeting.ballots) !== undefined && !may.checkIn;
        return (
          <PlaceHead place={meeting.place} room="sessions">
            {ballotFirst && ballots}
            <Heading {...meeting} />
            <Now {...part} />
            {!ballotFirst && ballots}
            {meeting.session.minutes === 'published' && <Agreed {...meeting} />}
            <Agenda {...part} />
            {state !== 'planned' && <Attendance {...part} />}
            <Materials {...part} />
            <Guests {...part} />
            {may.convene && <Change {...part} />}
            {number !== null && (
              <About
                level={2}
                place={{ kind: 'session', key: String(number), salon: meeting.place.slug }}
              />
            )}
          </PlaceHead>
        );
      }}
    </Show>
  );
}

function Heading({ place, session }: Meeting) {
  const { number, state, topics, note } = session;
  return (
    <header class="meeting-head">
      <p class="meeting-when">
        <span class="meeting-number">第 {number} 期</span>
        <span class={state === 'open' ? 'meeting-open' : undefined}>{STATE_NAMES[state]}</span>
      </p>
      {topics.length === 0 ? (
        <h2>议题还没有定</h2>
      ) : (
        topics.map(({ id, title }) => (
          <h2 key={id}>
            <a href={topicUrl(place.slug, id)}>{title}</a>
          </h2>
        ))
      )}
      <MeetingFacts {...session} />
      {note && <p class="hint">{note}</p>}
    </header>
  );
}
