import { useEffect } from 'preact/hooks';
import { About } from '../../forum/about/About.tsx';
import { Show } from '../../kit/load.tsx';
import { Moment } from '../../kit/Moment.tsx';
import { momentInWords, monthInWords } from '../../kit/time.ts';
import { ACTION_NAMES } from '../actions/words.ts';
import { Motions } from '../committee/Motions.tsx';
import { actionUrl, minutesUrl, roundUrl, sessionUrl, topicUrl } from '../links.ts';
import { type Place, PlaceHead, useRoom } from '../place.tsx';
import { Tally } from './Ranked.tsx';
import { loadTaking, readTopic, type Topic } from './read.ts';
import { TopicActions } from './TopicActions.tsx';
import { Clauses, Written } from './Written.tsx';
import { byInWords, STATE_NAMES, STEP_NAMES } from './words.ts';

const load = async () => {
  const place = await loadTaking();
  const id = location.pathname.split('/')[3] ?? '';
  return { place, topic: await readTopic(place.slug, id) };
};

interface Props {
  readonly place: Place;
  readonly topic: Topic;
}

/** A topic: what it says, what can be done with it, and its whole way. */
export function TopicPage() {
  const { shown, reload } = useRoom(load);
  return (
    <Show shown={shown} reload={reload}>
      {(data) => (
        <PlaceHead place={data.place} room="topics">
          <Shown {...data} reload={reload} />
        </PlaceHead>
      )}
    </Show>
  );
}

function Shown({ place, topic, reload }: Props & { readonly reload: () => void }) {
  const { title, proposer, mine, createdAt, supports, state, month, second } = topic;
  useEffect(() => {
    document.title = `${title || '议题'} · 圆桌`;
  }, [title]);
  const now = state === 'on-ballot' || state === 'confirmed' || state === 'scheduled';
  return (
    <>
      <nav class="crumbs" aria-label="所在位置">
        <ol>
          <li>
            <a href={roundUrl(place.slug, month ?? undefined)}>
              {month ? `${monthInWords(month)}选题` : '选题'}
            </a>
          </li>
          <li aria-current="page">议题</li>
        </ol>
      </nav>
      {state === 'proposed' && mine && location.hash === '#proposed' && (
        <p class="notice" role="status">
          已提出。征集结束就开始投票，到时会通知您；投票开始之前可以撤回。
        </p>
      )}
      <header class="topic-head">
        <h2 class="topic-title">
          <Clauses text={title || '还没有名称的草稿'} />
        </h2>
        <p class="topic-meta">
          <span class={now ? 'stamp now' : 'stamp'}>{STATE_NAMES[state]}</span>
          {proposer}
          {mine && '（本席位）'} · <Moment iso={createdAt} /> 起草 · {supports} 个席位附议
          {second && ' · 第二次参选'}
        </p>
        {topic.againOf && (
          <p>
            接着<a href={topicUrl(place.slug, topic.againOf.id)}>“{topic.againOf.title}”</a>
            再次提出。
          </p>
        )}
      </header>
      <Motions place={place} motions={topic.motions} reload={reload} level={3} />
      <TopicActions place={place} topic={topic} reload={reload} />
      <Written text={topic} />
      <Way topic={topic} />
      <Rounds place={place} topic={topic} />
      <Outcomes place={place} topic={topic} />
      {state !== 'draft' && (
        <About place={{ kind: 'topic', key: topic.id, salon: place.slug }} level={3} />
      )}
    </>
  );
}

/** Each step with its date, by whom, and why. */
function Way({ topic: { steps, proposer } }: { topic: Topic }) {
  if (steps.length === 0) return null;
  return (
    <section aria-labelledby="way">
      <h3 id="way">走到哪一步</h3>
      <ol class="plain way">
        {steps.map(({ state, by, reason, at }, index) => (
          <li key={at + state} aria-current={index === steps.length - 1 ? 'step' : undefined}>
            <strong>{STEP_NAMES[state]}</strong>
            <small>
              {momentInWords(at)} · {byInWords(by, proposer)}
            </small>
            {reason && <p>理由：{reason}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** How it did in each round that it stood in. */
function Rounds({ place, topic: { rounds } }: Props) {
  if (rounds.length === 0) return null;
  const most = Math.max(1, ...rounds.map(({ votes }) => votes ?? 0));
  return (
    <section aria-labelledby="rounds">
      <h3 id="rounds">得票</h3>
      <ul class="plain rows">
        {rounds.map(({ month, votes, rank }) => (
          <li key={month}>
            <span>
              <a class="tap-link" href={roundUrl(place.slug, month)}>
                {monthInWords(month)}选题
              </a>
              {rank !== null && <small>第 {rank} 名</small>}
            </span>
            {votes !== null && <Tally votes={votes} most={most} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The session it is on, and what that session agreed to do. */
function Outcomes({ place, topic: { session, actions, state: stage } }: Props) {
  return (
    <>
      {session?.number && (
        <section aria-labelledby="session">
          <h3 id="session">在哪一期讨论</h3>
          <p>
            <a class="tap-link" href={sessionUrl(place.slug, session.number)}>
              第 {session.number} 期沙龙
            </a>
            ，{momentInWords(session.startsAt)}
            {stage === 'closed' && (
              <>
                {'　'}
                <a class="tap-link" href={minutesUrl(place.slug, session.number)}>
                  看纪要
                </a>
              </>
            )}
          </p>
        </section>
      )}
      {actions.length > 0 && (
        <section aria-labelledby="actions">
          <h3 id="actions">议定的事项</h3>
          <ul class="plain rows">
            {actions.map(({ id, what, unit, state }) => (
              <li key={id}>
                <span>
                  <a class="tap-link" href={actionUrl(place.slug, id)}>
                    {what}
                  </a>
                  <small>{unit}</small>
                </span>
                <span class="stamp">{ACTION_NAMES[state]}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
