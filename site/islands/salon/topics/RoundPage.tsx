import { Show } from '../../kit/load.tsx';
import { Track } from '../../kit/Track.tsx';
import { monthInWords } from '../../kit/time.ts';
import { hasMoved, Motions } from '../committee/Motions.tsx';
import { allTopicsUrl, newUrl, roundUrl, sessionsUrl } from '../links.ts';
import { type Place, PlaceHead, useRoom } from '../place.tsx';
import { Ballot } from './Ballot.tsx';
import { Decide } from './Decide.tsx';
import { Drafts } from './Drafts.tsx';
import { Now } from './Now.tsx';
import { Proposed } from './Proposed.tsx';
import { Ranked } from './Ranked.tsx';
import {
  listTopics,
  loadTaking,
  type Round,
  readCollecting,
  readRound,
  readRoundNow,
  type TopicRow,
} from './read.ts';
import { stepsOf } from './steps.ts';
import { roundTitle } from './words.ts';

const load = async () => {
  const place = await loadTaking();
  const month = new URLSearchParams(location.search).get('month');
  const [round, drafts] = await Promise.all([
    month ? readRound(place.slug, month) : readRoundNow(place.slug),
    place.seat ? listTopics(place.slug, { of: 'mine', stage: 'draft' }) : undefined,
  ]);
  const collecting = round && !month ? await readCollecting(place.slug, round) : null;
  return { place, round, collecting, drafts: drafts?.topics ?? [] };
};

/** One round of choosing topics: where it stands, and what this person can do in it now. */
export function RoundPage() {
  const { shown, reload } = useRoom(load);
  return (
    <Show shown={shown} reload={reload}>
      {(data) => (
        <PlaceHead place={data.place} room="topics">
          {data.round ? (
            <Shown {...data} round={data.round} reload={reload} />
          ) : (
            <NoRound place={data.place} drafts={data.drafts} />
          )}
        </PlaceHead>
      )}
    </Show>
  );
}

interface Props {
  readonly place: Place;
  readonly round: Round;
  readonly collecting: Round | null;
  readonly drafts: readonly TopicRow[];
  readonly reload: () => void;
}

function Shown({ place, round, collecting, drafts, reload }: Props) {
  const early = round.state === 'waiting' || round.state === 'proposing';
  const deciding = round.mayDecide
    ? 'decide'
    : round.mayMove && !hasMoved(round.motions)
      ? 'move'
      : undefined;
  return (
    <>
      <header class="round-head">
        <h2>{roundTitle(round)}</h2>
        <nav class="round-nav" aria-label="别的轮次">
          {round.previous && <Other place={place} month={round.previous} name="上一轮" />}
          {round.next && <Other place={place} month={round.next} name="下一轮" />}
          <a href={allTopicsUrl(place.slug)}>全部议题</a>
        </nav>
      </header>
      <Track label="这一轮进行到哪一步" steps={stepsOf(round)} />
      <Now place={place} round={round} />
      {early && <Drafts place={place} drafts={drafts} />}
      {early && <Proposed place={place} round={round} reload={reload} />}
      {round.state === 'voting' && <Ballot place={place} round={round} reload={reload} />}
      <Motions place={place} motions={round.motions} reload={reload} level={3} />
      {deciding ? (
        <Decide place={place} round={round} reload={reload} way={deciding} />
      ) : (
        <Ranked place={place} round={round} />
      )}
      {collecting?.state === 'proposing' && collecting.month !== round.month && (
        <Meanwhile place={place} collecting={collecting} />
      )}
    </>
  );
}

function Other({ place, month, name }: { place: Place; month: string; name: string }) {
  return (
    <a href={roundUrl(place.slug, month)} aria-label={`${name}：${monthInWords(month)}选题`}>
      {name}
    </a>
  );
}

/** While one round is voted on, another may already be collecting topics. */
function Meanwhile({ place, collecting }: { place: Place; collecting: Round }) {
  const { month, me } = collecting;
  return (
    <section aria-labelledby="meanwhile">
      <h3 id="meanwhile">同时，{monthInWords(month)}的议题正在征集</h3>
      <p class="bar">
        <a class="button" href={roundUrl(place.slug, month)}>
          看已提出的
        </a>
        {(me?.proposalsLeft ?? 0) > 0 && (
          <a class="button" href={newUrl(place.slug)}>
            提出议题
          </a>
        )}
      </p>
    </section>
  );
}

function NoRound({ place, drafts }: { place: Place; drafts: readonly TopicRow[] }) {
  return (
    <>
      <div class="notice">
        <p>
          <strong>还没有选题轮次。</strong>
          主办单位安排第一期沙龙以后，征集、投票、研判就按日子自动进行，都在这一页。
        </p>
        {place.isHost && (
          <p class="bar">
            <a class="button primary" href={sessionsUrl(place.slug)}>
              安排第一期
            </a>
          </p>
        )}
      </div>
      {place.seat && <Drafts place={place} drafts={drafts} invite />}
    </>
  );
}
