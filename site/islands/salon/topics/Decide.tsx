import { useState } from 'preact/hooks';
import { api, ask, once } from '../../../lib/api.ts';
import { ProseField } from '../../kit/form.tsx';
import { ProblemNote } from '../../kit/problem.tsx';
import { Unfold } from '../../kit/Unfold.tsx';
import { useTry } from '../../kit/useTry.ts';
import { move } from '../committee/read.ts';
import { topicUrl } from '../links.ts';
import type { Place } from '../place.tsx';
import { Tally } from './Ranked.tsx';
import type { Round, RoundTopic } from './read.ts';
import { rankInWords } from './words.ts';

const roundApi = api.salons[':salon'].rounds[':month'];

interface Props {
  readonly place: Place;
  readonly round: Round;
  readonly reload: () => void;
  /** The host decides alone; a member of the committee moves that it be decided so. */
  readonly way: 'decide' | 'move';
}

const WAYS = {
  decide: {
    title: '得票与决定',
    few: '一个也不选',
    some: (count: number) => `确定这 ${count} 个`,
    after: '公布后不能改，各席位都会收到通知。',
    verb: '公布决定',
  },
  move: {
    title: '得票与动议',
    few: '动议一个也不选',
    some: (count: number) => `动议确定这 ${count} 个`,
    after: '提出就算您签署了，另一名委员签署就通过，随即公布，不能再改。签署以前您可以撤回。',
    verb: '提出动议',
  },
} as const;

const WHY_NEEDED = {
  some: '选的不是得票第一的，请先写公布的理由。',
  none: '请选一个或几个；一个也不选，请先写公布的理由。',
} as const;

/** The reviewer's decision, or a motion for it: choose, say why where it must be said, look once more, publish. */
export function Decide({ place, round, reload, way }: Props) {
  const words = WAYS[way];
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [note, setNote] = useState('');
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const [asking, setAsking] = useState(false);
  const { busy, problem, attempt } = useTry();
  const ballot = round.topics.filter(({ rank }) => rank !== null);
  const most = Math.max(1, ...ballot.map(({ votes }) => votes ?? 0));
  const others = ballot.filter(({ id }) => !chosen.includes(id));
  const onlyFirst =
    chosen.length > 0 && ballot.every(({ id, rank }) => rank === 1 || !chosen.includes(id));
  const reasonMissing = !onlyFirst && note.trim() === '';
  const publish = () =>
    attempt(async (key) => {
      const { month } = round;
      const param = { salon: place.slug, month };
      const given = Object.entries(reasons).filter(([, text]) => text.trim() !== '');
      const decision = { confirm: [...chosen], note, reasons: Object.fromEntries(given) };
      if (way === 'move') await move({ month, decision }, place.slug, key);
      else await ask(roundApi.decision.$post({ param, json: decision }, once(key)));
      reload();
    });
  const toggle = (id: string): void => {
    setAsking(false);
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  };
  return (
    <section id="decide" aria-labelledby="decide-title">
      <h3 id="decide-title">{words.title}</h3>
      <p class="note">选一个或几个。每个议题都可以写明理由，理由随决定一起公布。</p>
      <ul class="plain ballot">
        {ballot.map((topic) => (
          <li key={topic.id} class="deciding">
            <label>
              <input
                type="checkbox"
                checked={chosen.includes(topic.id)}
                onChange={() => toggle(topic.id)}
              />
              <span>
                <strong>{topic.title}</strong>
                <small>
                  {rankInWords(topic.rank ?? 0, ballot)} · {topic.proposer}
                  {topic.second && ' · 第二次参选'}
                </small>
                <Tally votes={topic.votes ?? 0} most={most} />
              </span>
            </label>
            <a href={topicUrl(place.slug, topic.id)} aria-label={`细看：${topic.title}`}>
              细看
            </a>
            <Unfold summary="写理由" label={`写理由：${topic.title}`}>
              {() => (
                <ProseField
                  label={`“${topic.title}”的理由`}
                  name={topic.id}
                  rows={2}
                  value={reasons[topic.id] ?? ''}
                  onInput={({ currentTarget }) =>
                    setReasons({ ...reasons, [topic.id]: currentTarget.value })
                  }
                  problem={problem}
                />
              )}
            </Unfold>
          </li>
        ))}
      </ul>
      <ProseField
        label={onlyFirst ? '公布的理由（可以不写）' : '公布的理由'}
        name="note"
        hint="所有席位都看得到。"
        value={note}
        onInput={({ currentTarget }) => setNote(currentTarget.value)}
        problem={problem}
      />
      <ProblemNote problem={problem} />
      {asking ? (
        <div class="notice" role="group" aria-label="公布前再看一遍">
          <p>
            {whatHappens(chosen.length, others)}
            {words.after}
          </p>
          <p class="bar">
            <button class="button primary" type="button" onClick={publish} aria-disabled={busy}>
              {busy ? '请稍候…' : words.verb}
            </button>
            <button class="button" type="button" onClick={() => setAsking(false)}>
              再改改
            </button>
          </p>
        </div>
      ) : (
        <p class="bar">
          <button
            class="button primary"
            type="button"
            aria-disabled={reasonMissing}
            onClick={reasonMissing ? undefined : () => setAsking(true)}
          >
            {chosen.length > 0 ? words.some(chosen.length) : words.few}
          </button>
          {reasonMissing && (
            <span role="status">{WHY_NEEDED[chosen.length > 0 ? 'some' : 'none']}</span>
          )}
        </p>
      )}
    </section>
  );
}

/** 将确定 2 个，其余 3 个转入下一轮。 */
function whatHappens(chosen: number, others: readonly RoundTopic[]): string {
  const kept = chosen > 0 ? `将确定 ${chosen} 个` : '一个也不确定';
  const lapsing = others.filter(({ second }) => second).length;
  const rolling = others.length - lapsing;
  const rest = [
    ...(rolling > 0 ? [`${rolling} 个转入下一轮`] : []),
    ...(lapsing > 0 ? [`${lapsing} 个失效（第二次没有选上）`] : []),
  ];
  if (rest.length === 0) return `${kept}。`;
  return rest.length === 1
    ? `${kept}，其余 ${rest[0]}。`
    : `${kept}，其余 ${others.length} 个中，${rest.join('，')}。`;
}
