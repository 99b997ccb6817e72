import { useEffect, useState } from 'preact/hooks';
import { Show, useLoaded } from '../../kit/load.tsx';
import { roundUrl, topicUrl } from '../links.ts';
import { type Place, PlaceHead } from '../place.tsx';
import { type Copy, choose, EMPTY, type Shelf, shelfOf, type Text } from './copy.ts';
import { Drafting } from './Drafting.tsx';
import {
  loadTaking,
  type Round,
  readCollecting,
  readRoundNow,
  readTopic,
  type Topic,
} from './read.ts';

const CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

interface Opened {
  readonly place: Place;
  /** Where it can be proposed, now or later. */
  readonly round: Round | null;
  /** Of a draft; null for a topic that can no longer be changed. */
  readonly start: Copy | null;
  readonly topic: Topic | undefined;
}

const wanted = () => {
  const query = new URLSearchParams(location.search);
  const linked = query.get('case') ?? '';
  return {
    topic: query.get('topic') ?? undefined,
    again: query.get('again') ?? undefined,
    linked: CASE.test(linked) ? linked : undefined,
  };
};

const textOf = ({ title, situation, tried, invite, cases }: Topic): Text => ({
  title,
  situation,
  tried,
  invite,
  cases,
});

const load = async (): Promise<Opened> => {
  const place = await loadTaking();
  const { topic: id, again } = wanted();
  const [round, topic] = await Promise.all([
    readRoundNow(place.slug).then((now) => readCollecting(place.slug, now)),
    id || again ? readTopic(place.slug, id ?? again ?? '') : undefined,
  ]);
  if (id && topic) {
    const text = textOf(topic);
    return { place, round, topic, start: topic.may.edit ? { id, text, base: text } : null };
  }
  const text = topic ? textOf(topic) : EMPTY;
  return { place, round, topic, start: { text, base: EMPTY, againOf: topic?.id } };
};

/** Writing a topic: a new one, or a draft. */
export function Editor() {
  const { shown, reload } = useLoaded(load);
  return (
    <Show shown={shown} reload={reload}>
      {(opened) => (
        <PlaceHead place={opened.place} room="topics">
          <Opening {...opened} />
        </PlaceHead>
      )}
    </Show>
  );
}

function Opening({ place, round, start, topic }: Opened) {
  if (!place.me || !place.seat) {
    return (
      <p class="notice">
        只有担任席位的社区书记能提议题。<a href={roundUrl(place.slug)}>看这一轮的议题</a>
      </p>
    );
  }
  if (!start) {
    return (
      <p class="notice">
        这个议题已经提出，不能再改。
        <a href={topicUrl(place.slug, topic?.id ?? '')}>看议题“{topic?.title}”</a>
      </p>
    );
  }
  const shelf = shelfOf(place.me.id, place.slug);
  return <Restoring place={place} round={round} start={start} shelf={shelf} />;
}

interface RestoringProps {
  readonly place: Place;
  readonly round: Round | null;
  readonly start: Copy;
  readonly shelf: Shelf;
}

/** Finds what this browser kept when the page was closed or the connection lost. */
function Restoring({ place, round, start, shelf }: RestoringProps) {
  const [kept, setKept] = useState(() => shelf.read(start));
  const [answer, setAnswer] = useState(() => choose(start.base, kept));
  useEffect(() => {
    // It arrived after all: nothing of it stays on what may be a shared computer.
    if (answer === 'server') shelf.drop(start);
  }, []);
  const leaveKept = () => {
    shelf.drop(start);
    setKept(undefined);
    setAnswer('server');
  };
  if (kept && answer === 'ask') {
    return <TwoTexts kept={kept.text} takeKept={() => setAnswer('kept')} leaveKept={leaveKept} />;
  }
  const restored = kept && answer === 'kept' ? { ...kept, base: start.base } : undefined;
  const from = restored ?? start;
  const { linked } = wanted();
  return (
    <>
      {restored && !start.id && (
        <p class="notice">
          接着上次没写完的写。
          <button class="plain-button" type="button" onClick={leaveKept}>
            不要了，另写一个
          </button>
        </p>
      )}
      <Drafting
        key={answer}
        place={place}
        round={round}
        shelf={shelf}
        restored={restored !== undefined}
        start={linked ? withCase(from, linked) : from}
      />
    </>
  );
}

interface TwoTextsProps {
  readonly kept: Text;
  readonly takeKept: () => void;
  readonly leaveKept: () => void;
}

/** Both were written on apart: only the person knows which one counts. */
function TwoTexts({ kept: { title, situation }, takeKept, leaveKept }: TwoTextsProps) {
  return (
    <div class="notice" role="alert">
      <p>
        <strong>这份草稿有两份不一样的内容。</strong>
        一份还存在这里，没来得及传上去；另一份在服务器上，后来在别处改过。要接着写哪一份？
      </p>
      <details>
        <summary>看这里的一份</summary>
        <p>{title}</p>
        <p class="prose-text">{situation}</p>
      </details>
      <p class="bar">
        <button class="button" type="button" onClick={takeKept}>
          接着写这里的
        </button>
        <button class="button" type="button" onClick={leaveKept}>
          用服务器上的
        </button>
      </p>
    </div>
  );
}

function withCase(copy: Copy, id: string): Copy {
  const { cases } = copy.text;
  return cases.includes(id) ? copy : { ...copy, text: { ...copy.text, cases: [...cases, id] } };
}
