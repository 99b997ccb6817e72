import { recallOf } from '../../../lib/ballots/outcome.ts';

interface Props {
  readonly forIt: number;
  readonly against: number;
  readonly abstain: number;
  /** Seats signed in for the ballot: the whole of the bar. */
  readonly attending: number;
}

/** The evaluation's bar: all who attended, those against first, and the line at 60%. */
export function ResultBar({ forIt, against, abstain, attending }: Props) {
  const parts = [
    { name: '不认可', count: against, mark: 'against' },
    { name: '认可', count: forIt, mark: 'for' },
    { name: '弃权', count: abstain, mark: 'abstain' },
    { name: '没有投票', count: attending - against - forIt - abstain, mark: 'silent' },
  ];
  const { recalled } = recallOf(against, attending);
  return (
    <figure class="result-bar">
      <Bar parts={parts} attending={attending} />
      <table>
        <caption class="visually-hidden">表决结果，占实到 {attending} 席的比例</caption>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">意见</th>
            <th scope="col">席数</th>
            <th scope="col">占实到</th>
          </tr>
        </thead>
        <tbody>
          {parts.map(({ name, count, mark }) => (
            <tr key={mark} class={mark}>
              <th scope="row">{name}</th>
              <td>
                <b>{count}</b> 席
              </td>
              <td>{percent(count, attending)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <figcaption>
        <Arithmetic against={against} attending={attending} />
        <p>
          <strong class={recalled ? 'stamp now' : 'stamp'}>
            {recalled ? '重新选举' : '继续履职'}
          </strong>
        </p>
      </figcaption>
    </figure>
  );
}

interface Part {
  readonly name: string;
  readonly count: number;
  readonly mark: string;
}

/** Each stretch begins where those before it end. */
function Bar({
  parts,
  attending,
}: {
  readonly parts: readonly Part[];
  readonly attending: number;
}) {
  const share = (count: number): string => `${(100 * count) / Math.max(1, attending)}%`;
  const before = (at: number) => parts.slice(0, at).reduce((sum, { count }) => sum + count, 0);
  return (
    <svg aria-hidden="true">
      {parts.map(({ count, mark }, at) => (
        <rect
          key={mark}
          class={mark}
          x={share(before(at))}
          y="1.7em"
          width={share(count)}
          height="2.2em"
        />
      ))}
      <line class="gap" x1="60%" y1="1.4em" x2="60%" y2="4.2em" />
      <line x1="60%" y1="1.4em" x2="60%" y2="4.2em" />
      <text x="60%" y="1em" text-anchor="middle">
        60%
      </text>
    </svg>
  );
}

/** 12 × 5 = 60 > 19 × 3 = 57, and what it means. */
function Arithmetic({ against, attending }: Pick<Props, 'against' | 'attending'>) {
  const { recalled, exact, sum } = recallOf(against, attending);
  return (
    <>
      <p>
        不认可的席数 × 5，大于实到席数 × 3，就是超过 60%。
        {exact && '恰好 60% 不算超过。'}
      </p>
      <p class="sum">
        <span>{sum}</span>
        {recalled ? '，超过 60%。' : exact ? '，没有超过。' : '，没有超过 60%。'}
      </p>
    </>
  );
}

const percent = (count: number, all: number): string =>
  all === 0 ? '0%' : `${((100 * count) / all).toFixed(1)}%`;
