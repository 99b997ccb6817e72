import type { ComponentChildren } from 'preact';
import { Day } from '../../kit/Moment.tsx';
import { monthInWords } from '../../kit/time.ts';
import { Unfold } from '../../kit/Unfold.tsx';
import { roundUrl, topicUrl } from '../links.ts';
import { type Place, takesPart } from '../place.tsx';
import { REVIEWERS } from '../topics/words.ts';
import type { PartProps } from './parts.ts';
import type { Committee } from './read.ts';

type Decision = Committee['decisions'][number];

/** So many months stand open; earlier ones are folded away. */
const OPEN = 6;

/** What was chosen each month, by whom and why. */
export function Decisions({ place, committee: { decisions } }: PartProps) {
  const earlier = decisions.slice(OPEN);
  return (
    <section aria-labelledby="decisions">
      <h2 id="decisions">每个月定了什么</h2>
      {decisions.length === 0 ? (
        <p class="quiet-note">
          还没有决定。每轮投票结束、议题定下来以后，选了什么、为什么，都写在这里。
        </p>
      ) : (
        <Rows place={place} decisions={decisions.slice(0, OPEN)} />
      )}
      {earlier.length > 0 && (
        <Unfold summary={`更早的 ${earlier.length} 个月`}>
          {() => <Rows place={place} decisions={earlier} />}
        </Unfold>
      )}
    </section>
  );
}

const Rows = ({ place, decisions }: { place: Place; decisions: readonly Decision[] }) => (
  <ol class="plain decisions">
    {decisions.map((decision) => (
      <li key={decision.month}>
        <p class="decision-month">{monthInWords(decision.month)}</p>
        <div>
          <Topics place={place} decision={decision} />
          {decision.note && <p>理由：{decision.note}</p>}
          <p class="hint">
            {REVIEWERS[decision.by]}
            {decision.signed.length > 0 && `，${decision.signed.join('、')}签署`}，
            <Day iso={decision.on} />
          </p>
        </div>
      </li>
    ))}
  </ol>
);

/** Topics and rounds are open to those who choose them; others read their titles. */
function Topics({ place, decision: { month, topics } }: { place: Place; decision: Decision }) {
  const linked = (href: string, text: ComponentChildren) =>
    takesPart(place) ? (
      <a class="tap-link" href={href}>
        {text}
      </a>
    ) : (
      <strong>{text}</strong>
    );
  if (topics.length === 0) return <p>{linked(roundUrl(place.slug, month), '一个也没有确定')}</p>;
  return (
    <ul class="plain chosen-topics">
      {topics.map(({ id, title }) => (
        <li key={id}>{linked(topicUrl(place.slug, id), title)}</li>
      ))}
    </ul>
  );
}
