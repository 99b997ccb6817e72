import { topicUrl } from '../links.ts';
import type { Place } from '../place.tsx';
import type { Round, RoundTopic } from './read.ts';
import { OUTCOME_NAMES, rankInWords } from './words.ts';

interface Props {
  readonly place: Place;
  readonly round: Round;
}

/** The result: by votes, ties sharing a rank, with what became of each and why. */
export function Ranked({ place, round: { topics, decisionNote } }: Props) {
  const ranked = topics.filter(({ rank }) => rank !== null);
  if (ranked.length === 0) return null;
  const most = Math.max(1, ...ranked.map(({ votes }) => votes ?? 0));
  return (
    <section id="ranked" aria-labelledby="ranked-title">
      <h3 id="ranked-title">得票</h3>
      <ol class="plain ranked">
        {ranked.map((topic) => (
          <li key={topic.id} class={topic.outcome === 'confirmed' ? 'picked' : undefined}>
            <p class="ranked-place">{rankInWords(topic.rank ?? 0, ranked)}</p>
            <div>
              <a class="tap-link" href={topicUrl(place.slug, topic.id)}>
                {topic.title}
              </a>
              <p class="note">
                {topic.proposer}
                {topic.second && ' · 第二次参选'}
              </p>
              <Tally votes={topic.votes ?? 0} most={most} />
              <Outcome topic={topic} said={decisionNote} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** So many votes, as a bar beside their number. */
export function Tally({ votes, most }: { votes: number; most: number }) {
  return (
    <span class="tally">
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect width={(100 * votes) / most} height="10" />
      </svg>
      <span>
        <b>{votes}</b> 票
      </span>
    </span>
  );
}

/** @param said for the round as a whole: not to be repeated */
function Outcome({ topic: { outcome, reason }, said }: { topic: RoundTopic; said: string }) {
  if (!outcome) return null;
  return (
    <p class="outcome">
      <span class={outcome === 'confirmed' ? 'stamp now' : 'stamp'}>{OUTCOME_NAMES[outcome]}</span>
      {reason && reason !== said && <span>理由：{reason}</span>}
    </p>
  );
}
