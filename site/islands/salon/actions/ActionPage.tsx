import { useState } from 'preact/hooks';
import { Show } from '../../kit/load.tsx';
import { dayInWords } from '../../kit/time.ts';
import { actionsUrl, minutesUrl, sessionUrl, topicUrl } from '../links.ts';
import { loadPlace, type Place, PlaceHead, useRoom } from '../place.tsx';
import { Evidence } from './Evidence.tsx';
import { History } from './History.tsx';
import { type ActionItem, actionIdIn, readAction } from './read.ts';
import { StateTrack } from './StateTrack.tsx';
import { Work } from './Work.tsx';
import { pressing } from './words.ts';

const load = async () => {
  const place = await loadPlace();
  return { place, item: await readAction(place.slug, actionIdIn(location.pathname)) };
};

/** One action item: what is to be done, how far it is, the work on it and its evidence. */
export function ActionPage() {
  const { shown, reload } = useRoom(load);
  const [said, setSaid] = useState('');
  return (
    <Show shown={shown} reload={reload}>
      {({ place, item }) => {
        const work = (
          <Work
            key={item.state}
            place={place}
            item={item}
            done={(words) => {
              setSaid(words);
              reload();
            }}
          />
        );
        const open = item.state !== 'done';
        return (
          <PlaceHead place={place} room="actions">
            <article class={item.overdue ? 'action-item late' : 'action-item'}>
              <h2 class="action-title">{item.what}</h2>
              <Facts place={place} item={item} />
              <StateTrack item={item} />
              <p role="status" class={said ? 'quiet-note' : undefined}>
                {said}
              </p>
              {item.result && (
                <section class="action-outcome" aria-labelledby="outcome">
                  <h3 id="outcome">办结反馈</h3>
                  <p class="prose-text">{item.result}</p>
                </section>
              )}
              {open && work}
              <History item={item} />
              <Evidence place={place} item={item} reload={reload} />
              {!open && work}
            </article>
            <p class="bar">
              <a class="button" href={actionsUrl(place.slug)}>
                看全部待办
              </a>
            </p>
          </PlaceHead>
        );
      }}
    </Show>
  );
}

function Facts({ place: { slug }, item }: { place: Place; item: ActionItem }) {
  const { unit, mine, dueOn, session, topics } = item;
  const pressed = pressing(item, new Date().toISOString());
  return (
    <dl class="action-facts">
      <div>
        <dt>责任单位</dt>
        <dd>
          {unit}
          {mine && <span class="tag">我的</span>}
        </dd>
      </div>
      <div>
        <dt>办结时限</dt>
        <dd class="action-due">
          {dueOn ? <time dateTime={dueOn}>{dayInWords(dueOn)}</time> : '没有定时限'}{' '}
          <em>{pressed}</em>
        </dd>
      </div>
      {session.number !== null && (
        <div>
          <dt>来自</dt>
          <dd>
            <a href={sessionUrl(slug, session.number)}>第 {session.number} 期沙龙</a>
            <a href={minutesUrl(slug, session.number)}>纪要</a>
          </dd>
        </div>
      )}
      {topics.length > 0 && (
        <div>
          <dt>议题</dt>
          <dd>
            {topics.map(({ id, title }) => (
              <a key={id} href={topicUrl(slug, id)}>
                {title}
              </a>
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}
