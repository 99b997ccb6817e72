import { Day } from '../../kit/Moment.tsx';
import { ballotUrl } from '../links.ts';
import type { PartProps } from './parts.ts';
import type { Member } from './read.ts';
import { outcomeOf } from './words.ts';

/** Elections and evaluations, each with its page. */
export function Ballots({ place, committee: { ballots } }: PartProps) {
  return (
    <section aria-labelledby="ballots">
      <h2 id="ballots">选举和评价</h2>
      {ballots.length === 0 ? (
        <p class="quiet-note">
          还没有表决过。每次选举和评价的结果都公示在这里，谁都可以下载、重新计票。
        </p>
      ) : (
        <ul class="plain rows">
          {ballots.map((row) => (
            <li key={row.id}>
              <span>
                <a class="tap-link" href={ballotUrl(place.slug, row.id)}>
                  {row.title}
                </a>
                <small>
                  <Day iso={row.day} />
                </small>
              </span>
              <span
                class={row.state === 'taking' || row.state === 'casting' ? 'stamp now' : 'stamp'}
              >
                {outcomeOf(row)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** The terms before this one. */
export function History({ committee: { history } }: PartProps) {
  if (history.length === 0) return null;
  return (
    <section aria-labelledby="history">
      <h2 id="history">历届委员</h2>
      <ol class="plain terms">
        {history.map(({ beganOn, endedOn, ended, members }) => (
          <li key={beganOn + endedOn}>
            <p>
              <Day iso={beganOn} />至<Day iso={endedOn} />
              <span class="stamp">{ended}</span>
            </p>
            <p class="hint">{members.map(inWords).join('、')}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A member who left before the term's end is said so. */
const inWords = ({ community, secretary, ended }: Member): string =>
  `${community}${secretary && `　${secretary}`}${LEFT_EARLY.has(ended) ? `（${ended}）` : ''}`;

const LEFT_EARLY: ReadonlySet<string> = new Set(['辞去', '交接', '撤席']);
