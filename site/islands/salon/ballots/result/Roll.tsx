import type { BallotResult } from './read.ts';

/** 应到, 实到, 发出, 收回, 未投, each with what it counts. */
export function Roll({
  due,
  attending,
  issued,
  received,
}: Pick<BallotResult, 'due' | 'attending' | 'issued' | 'received'>) {
  const figures = [
    ['应到', due, '全部席位'],
    ['实到', attending, '为表决签到'],
    ['发出', issued, '领了选票'],
    ['收回', received, '投了票'],
    ['未投', issued - received, '领了没有投'],
  ] as const;
  return (
    <section aria-labelledby="roll">
      <h2 id="roll">票数</h2>
      <dl class="roll">
        {figures.map(([name, number, note]) => (
          <div key={name}>
            <dt>
              {name}
              <small>{note}</small>
            </dt>
            <dd>{number}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">
        主办单位和嘉宾没有票，不计在内。签到截止以后来的，到会但不投票，也不计在内。
      </p>
    </section>
  );
}
