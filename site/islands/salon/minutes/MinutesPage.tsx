import { Show } from '../../kit/load.tsx';
import { dayInWords } from '../../kit/time.ts';
import { sessionUrl } from '../links.ts';
import { PlaceHead, useRoom } from '../place.tsx';
import { Editor } from './Editor.tsx';
import { Published } from './Published.tsx';
import { type Loaded, loadMinutes } from './read.ts';

/** A session's minutes: written by its chair and the host, then read by all. */
export function MinutesPage() {
  const { shown, reload } = useRoom(loadMinutes);
  return (
    <Show shown={shown} reload={reload}>
      {(of) => (
        <PlaceHead place={of.place} room="sessions">
          <Head of={of} />
          {of.minutes === null ? (
            <NotYet of={of} />
          ) : of.minutes.state === 'published' ? (
            <Published of={of} minutes={of.minutes} reload={reload} />
          ) : (
            <Editor of={of} minutes={of.minutes} reload={reload} />
          )}
        </PlaceHead>
      )}
    </Show>
  );
}

function Head({ of: { place, number, session, minutes } }: { of: Loaded }) {
  return (
    <div class="minutes-head">
      {minutes?.state !== 'published' && <h2>第 {number} 期纪要</h2>}
      <p>
        <a href={sessionUrl(place.slug, number)}>看第 {number} 期会议</a>
        <span>{dayInWords(session.startsAt)}</span>
      </p>
    </div>
  );
}

/** Why there is nothing to read, and who can change that. */
function NotYet({ of: { session } }: { of: Loaded }) {
  if (session.state === 'cancelled') return <p class="quiet-note">这一期取消了，没有纪要。</p>;
  if (session.state !== 'closed') {
    return (
      <p class="quiet-note">
        会议还没有结束。轮值主席结束会议以后，这里会按议程和签到拟好纪要的开头。
      </p>
    );
  }
  return <p class="quiet-note">纪要还没有公布。轮值主席起草，主办单位公布，公布后就在这里。</p>;
}
