import { api, ask, once } from '../../../lib/api.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { topicUrl } from '../links.ts';
import type { Place } from '../place.tsx';
import type { Round, RoundTopic } from './read.ts';

interface Props {
  readonly place: Place;
  readonly round: Round;
  readonly reload: () => void;
}

/** The topics that a round has so far, the most supported first. */
export function Proposed({ place, round, reload }: Props) {
  const taken = round.topics.filter(({ state }) => state !== 'declined');
  const declined = round.topics.filter(({ state }) => state === 'declined');
  return (
    <>
      <section aria-labelledby="proposed">
        <h3 id="proposed">已提出的议题（{taken.length}）</h3>
        {taken.length === 0 && (
          <p>
            {round.state === 'waiting'
              ? '征集开始后，各席位提出的议题会列在这里。'
              : '还没有席位提出议题。社区书记点“提出议题”，写下遇到的问题，就会列在这里。'}
          </p>
        )}
        <ul class="plain rows topic-rows">
          {taken.map((topic) => (
            <li key={topic.id}>
              <TopicName place={place} topic={topic} />
              {round.me && !topic.mine && (
                <SupportButton place={place} topic={topic} reload={reload} />
              )}
            </li>
          ))}
        </ul>
      </section>
      {declined.length > 0 && (
        <section aria-labelledby="declined">
          <h3 id="declined">没有采用的（{declined.length}）</h3>
          <ul class="plain rows topic-rows">
            {declined.map((topic) => (
              <li key={topic.id}>
                <TopicName place={place} topic={topic} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

export function TopicName({ place, topic }: { place: Place; topic: RoundTopic }) {
  return (
    <span>
      <a class="tap-link" href={topicUrl(place.slug, topic.id)}>
        {topic.title}
      </a>
      <small>{detailsOf(topic)}</small>
    </span>
  );
}

/** Who proposed it, how many support it, and whether it stands for the second time. */
export const detailsOf = ({ proposer, mine, supports, second }: RoundTopic): string =>
  [mine ? `${proposer}（本席位）` : proposer, `${supports} 个席位附议`, second ? '第二次参选' : '']
    .filter(Boolean)
    .join(' · ');

export function SupportButton({
  place,
  topic: { id, supported },
  reload,
}: {
  readonly place: Place;
  readonly topic: Pick<RoundTopic, 'id' | 'supported'>;
  readonly reload: () => void;
}) {
  return (
    <ActionButton
      pressed={supported}
      act={async (key) => {
        const param = { salon: place.slug, topic: id };
        const json = { support: !supported };
        await ask(api.salons[':salon'].topics[':topic'].support.$put({ param, json }, once(key)));
        reload();
      }}
    >
      {supported ? '已附议' : '附议'}
    </ActionButton>
  );
}
