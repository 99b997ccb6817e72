import { rulesUrl } from '../links.ts';
import { REVIEWERS } from '../topics/words.ts';
import type { PartProps } from './parts.ts';

/** Who chooses the topics now, and why it is they. */
export function Who({ place, committee: { reviewer, term, election, history } }: PartProps) {
  const none = !term && !election;
  return (
    <section class="who" aria-labelledby="who">
      <h2 id="who">现在由{REVIEWERS[reviewer.by]}定议题</h2>
      <p>
        {reviewer.by === 'committee'
          ? '各席位投票以后，由委员综合研判：一人提出动议，两人签署，就定下来；选的不是得票第一的，要公布理由。'
          : `${reviewer.note}${reviewer.note.endsWith('。') ? '' : '。'}`}
      </p>
      {none && history.length === 0 && (
        <p>
          选题委员会由 3
          位社区书记组成。试行阶段结束后，各席位先提名，再在沙龙上不记名选举；选举、委员和他们每个月的决定都会写在这一页。
        </p>
      )}
      <p>
        <a class="tap-link" href={rulesUrl(place.slug)}>
          看章程里怎么规定
        </a>
      </p>
    </section>
  );
}
