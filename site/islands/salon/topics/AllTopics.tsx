import { useState } from 'preact/hooks';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { Show, useLoaded } from '../../kit/load.tsx';
import { dayInWords } from '../../kit/time.ts';
import { editUrl, topicUrl } from '../links.ts';
import { type Place, PlaceHead } from '../place.tsx';
import { listTopics, loadTaking, type Stage, type TopicRow, type Wanted } from './read.ts';
import { STATE_NAMES } from './words.ts';

const STAGES: readonly (readonly [Stage | undefined, string])[] = [
  [undefined, '全部'],
  ['open', '征集和投票中'],
  ['chosen', '选上的'],
  ['past', '没选上的'],
  ['draft', '草稿'],
];

const wanted = (): Wanted => {
  const query = new URLSearchParams(location.search);
  const stage = STAGES.find(([name]) => name && name === query.get('stage'))?.[0];
  return { of: query.get('of') === 'mine' ? 'mine' : 'all', stage };
};

const load = async () => {
  const place = await loadTaking();
  const filter = wanted();
  return { place, filter, first: await listTopics(place.slug, filter) };
};

/** Every topic of the salon, newest first, by how far it has come, or this seat's only. */
export function AllTopics() {
  const { shown, reload } = useLoaded(load);
  return (
    <Show shown={shown} reload={reload}>
      {({ place, filter, first }) => (
        <PlaceHead place={place} room="topics">
          <Filters place={place} filter={filter} />
          <Rows key={JSON.stringify(filter)} place={place} filter={filter} first={first} />
        </PlaceHead>
      )}
    </Show>
  );
}

const urlOf = (salon: string, { of, stage }: Wanted): string => {
  const query = new URLSearchParams({
    salon,
    ...(of === 'mine' && { of }),
    ...(stage && { stage }),
  });
  return `/salon/topics/all/?${query}`;
};

function Filters({ place, filter }: { place: Place; filter: Wanted }) {
  const stages = STAGES.filter(([stage]) => stage !== 'draft' || place.seat !== null);
  return (
    <nav class="filters-row" aria-label="筛选议题">
      <ul class="plain">
        {stages.map(([stage, name]) => (
          <li key={name}>
            <a
              href={urlOf(place.slug, { ...filter, stage })}
              aria-current={stage === filter.stage ? 'true' : undefined}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
      {place.seat && (
        <a
          class="button"
          href={urlOf(place.slug, { ...filter, of: filter.of === 'mine' ? 'all' : 'mine' })}
        >
          {filter.of === 'mine' ? '看各席位的' : '只看本席位的'}
        </a>
      )}
    </nav>
  );
}

interface RowsProps {
  readonly place: Place;
  readonly filter: Wanted;
  readonly first: Awaited<ReturnType<typeof listTopics>>;
}

function Rows({ place, filter, first }: RowsProps) {
  const [more, setMore] = useState<readonly TopicRow[]>([]);
  const [next, setNext] = useState(first.next);
  const topics = [...first.topics, ...more];
  if (topics.length === 0) {
    return (
      <p class="notice">
        {filter.of === 'mine' ? '本席位还没有这样的议题。' : '还没有这样的议题。'}
        社区书记在征集期间提出，就会列在这里。
      </p>
    );
  }
  return (
    <>
      <ul class="plain rows topic-rows">
        {topics.map(({ id, title, proposer, state, supports, updatedAt }) => (
          <li key={id}>
            <span>
              <a
                class="tap-link"
                href={state === 'draft' ? editUrl(place.slug, id) : topicUrl(place.slug, id)}
              >
                {title || '还没有名称的草稿'}
              </a>
              <small>
                {proposer} · {supports} 个席位附议 · {dayInWords(updatedAt)}
              </small>
            </span>
            <span class="stamp">{STATE_NAMES[state]}</span>
          </li>
        ))}
      </ul>
      {next && (
        <ActionButton
          act={async () => {
            const page = await listTopics(place.slug, filter, next);
            setMore([...more, ...page.topics]);
            setNext(page.next);
          }}
        >
          再看一些
        </ActionButton>
      )}
    </>
  );
}
