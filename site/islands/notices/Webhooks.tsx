import { useState } from 'preact/hooks';
import { api, ask, once } from '../../lib/api.ts';
import { ActionButton } from '../kit/ActionButton.tsx';
import { Show, useLoaded } from '../kit/load.tsx';
import { Moment } from '../kit/Moment.tsx';
import { loadPlace, type Place, PlaceHead } from '../salon/place.tsx';
import { AddWebhook } from './AddWebhook.tsx';
import { ROBOTS } from './robots.tsx';

const load = async () => {
  const place = await loadPlace();
  const param = { salon: place.slug };
  return { place, ...(await ask(api.salons[':salon'].webhooks.$get({ param }))) };
};
type Webhook = Awaited<ReturnType<typeof load>>['webhooks'][number];

/** The group chats that hear what concerns the whole salon; for its host. */
export function Webhooks() {
  const { shown, reload } = useLoaded(load);
  return (
    <Show shown={shown} reload={reload}>
      {({ place, webhooks, groups }) => (
        <PlaceHead place={place} room="rules">
          <p>
            会议、议题、轮值、选举和纪要这些与全体有关的事，可以同时发到群里。只与个人有关的、谁投了什么，从不发到群里。
          </p>
          <section aria-labelledby="webhooks">
            <h2 id="webhooks">在用的</h2>
            {webhooks.length === 0 ? (
              <p class="quiet-note">还没有。在下面添加一个，沙龙的通知就会发到那个群里。</p>
            ) : (
              <ul class="plain webhooks">
                {webhooks.map((webhook) => (
                  <Row key={webhook.id} place={place} webhook={webhook} reload={reload} />
                ))}
              </ul>
            )}
          </section>
          <AddWebhook place={place} groups={groups} reload={reload} />
        </PlaceHead>
      )}
    </Show>
  );
}

interface RowProps {
  readonly place: Place;
  readonly webhook: Webhook;
  readonly reload: () => void;
}

function Row({ place, webhook, reload }: RowProps) {
  const { id, name, format, address, groups, lastOkAt, trouble } = webhook;
  const [answer, setAnswer] = useState('');
  const param = { salon: place.slug, webhook: id };
  const one = api.salons[':salon'].webhooks[':webhook'];
  return (
    <li aria-labelledby={`name-${id}`}>
      <h3 id={`name-${id}`}>{name}</h3>
      <p>
        {ROBOTS[format].name}，发{groups.join('、')}
        <small>{address}</small>
      </p>
      {trouble && (
        <p class="notice problem">
          <strong>最近一次没有发成。</strong>
          {trouble}
        </p>
      )}
      {lastOkAt && (
        <p class="hint">
          最近一次发成：
          <Moment iso={lastOkAt} />
        </p>
      )}
      <div class="bar">
        <ActionButton
          act={async (key) => {
            setAnswer('');
            const { accepted, text } = await ask(one.try.$post({ param }, once(key)));
            // A refusal shows above, as it will when the page is opened again.
            setAnswer(accepted ? text : '没有发成，原因见上。');
            reload();
          }}
        >
          发一条测试
        </ActionButton>
        <ActionButton
          confirm={`移除“${name}”？群里不再收到通知。`}
          act={async (key) => {
            await ask(one.$delete({ param }, once(key)));
            reload();
          }}
        >
          移除
        </ActionButton>
      </div>
      <p role="status">{answer}</p>
    </li>
  );
}
