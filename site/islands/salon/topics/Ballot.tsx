import { useEffect, useRef, useState } from 'preact/hooks';
import { api, ask } from '../../../lib/api.ts';
import { ProblemNote } from '../../kit/problem.tsx';
import { useTry } from '../../kit/useTry.ts';
import { topicUrl } from '../links.ts';
import type { Place } from '../place.tsx';
import { detailsOf, TopicName } from './Proposed.tsx';
import type { Round, RoundTopic } from './read.ts';

interface Props {
  readonly place: Place;
  readonly round: Round;
  readonly reload: () => void;
}

/** The vote: choosing, or what I chose and 修改投票. Who has no seat sees what is on the ballot. */
export function Ballot({ place, round, reload }: Props) {
  const { me } = round;
  const [changing, setChanging] = useState(false);
  const [said, setSaid] = useState(false);
  return (
    <>
      {!me && <OnBallot place={place} topics={round.topics} />}
      {me && me.votes.length > 0 && !changing && (
        <Voted
          place={place}
          topics={round.topics.filter(({ id }) => me.votes.includes(id))}
          focus={said}
          change={() => setChanging(true)}
        />
      )}
      {me && (me.votes.length === 0 || changing) && (
        <Choosing
          place={place}
          round={round}
          before={me.votes}
          leave={() => setChanging(false)}
          voted={() => {
            setChanging(false);
            setSaid(true);
            reload();
          }}
        />
      )}
      <p class="note">
        截止前谁也看不到票数，别人也看不到您投给谁；只有管理服务器的人，在截止前从数据库里能查到。截止时只留下每个议题的总票数，各席位投给谁随即删除。
      </p>
    </>
  );
}

function OnBallot({ place, topics }: { place: Place; topics: readonly RoundTopic[] }) {
  return (
    <section aria-labelledby="ballot">
      <h3 id="ballot">选票上的议题（{topics.length}）</h3>
      <ul class="plain rows topic-rows">
        {topics.map((topic) => (
          <li key={topic.id}>
            <TopicName place={place} topic={topic} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface VotedProps {
  readonly place: Place;
  readonly topics: readonly RoundTopic[];
  readonly focus: boolean;
  readonly change: () => void;
}

function Voted({ place, topics, focus, change }: VotedProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focus) heading.current?.focus();
  }, []);
  return (
    <section class="voted" aria-labelledby="voted">
      <h3 id="voted" tabIndex={-1} ref={heading}>
        您投给了 {topics.length} 个议题
      </h3>
      <ul class="plain">
        {topics.map(({ id, title }) => (
          <li key={id}>
            <a class="tap-link" href={topicUrl(place.slug, id)}>
              {title}
            </a>
          </li>
        ))}
      </ul>
      <div class="cast-bar">
        <button class="button" type="button" onClick={change}>
          修改投票
        </button>
      </div>
    </section>
  );
}

interface ChoosingProps {
  readonly place: Place;
  readonly round: Round;
  readonly before: readonly string[];
  readonly leave: () => void;
  readonly voted: () => void;
}

function Choosing({ place, round, before, leave, voted }: ChoosingProps) {
  const [chosen, setChosen] = useState<readonly string[]>(before);
  const [full, setFull] = useState(false);
  const { busy, problem, attempt } = useTry();
  const most = round.votesPerSeat;
  const toggle = (id: string): void => {
    const without = chosen.filter((one) => one !== id);
    const over = without.length === chosen.length && chosen.length >= most;
    setFull(over);
    if (!over) setChosen(without.length < chosen.length ? without : [...chosen, id]);
  };
  const cast = () =>
    attempt(async () => {
      const param = { salon: place.slug, month: round.month };
      const json = { topics: [...chosen] };
      await ask(api.salons[':salon'].rounds[':month'].vote.$put({ param, json }));
      voted();
    });
  return (
    <section aria-labelledby="ballot">
      <h3 id="ballot">选票：选您最想讨论的，最多 {most} 个</h3>
      <ul class="plain ballot">
        {round.topics.map((topic) => (
          <li key={topic.id}>
            <label>
              <input
                type="checkbox"
                checked={chosen.includes(topic.id)}
                onChange={(event) => {
                  toggle(topic.id);
                  event.currentTarget.checked = chosen.includes(topic.id);
                }}
              />
              <span>
                <strong>{topic.title}</strong>
                <small>{detailsOf(topic)}</small>
              </span>
            </label>
            <a href={topicUrl(place.slug, topic.id)} aria-label={`细看：${topic.title}`}>
              细看
            </a>
          </li>
        ))}
      </ul>
      <ProblemNote problem={problem} />
      <div class="cast-bar">
        <p role="status" class={full ? 'full' : undefined}>
          {countInWords(chosen.length, most, full)}
        </p>
        {before.length > 0 && (
          <button class="button" type="button" onClick={leave}>
            不改了
          </button>
        )}
        <button
          class="button primary"
          type="button"
          onClick={chosen.length + before.length > 0 ? cast : undefined}
          aria-disabled={busy || chosen.length + before.length === 0}
        >
          {busy ? '请稍候…' : castLabel(chosen.length, before.length)}
        </button>
      </div>
    </section>
  );
}

function countInWords(chosen: number, most: number, full: boolean): string {
  if (full) return `最多选 ${most} 个。先取消一个，再选这个。`;
  if (chosen === 0) return `还没有选，可以选 ${most} 个。`;
  if (chosen === most) return `选了 ${chosen} 个，已选满。`;
  return `选了 ${chosen} 个，还可以选 ${most - chosen} 个。`;
}

function castLabel(chosen: number, before: number): string {
  if (before === 0) return '投票';
  return chosen === 0 ? '撤回投票' : '修改投票';
}
