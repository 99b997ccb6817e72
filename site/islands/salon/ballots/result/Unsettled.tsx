import { Moment } from '../../../kit/Moment.tsx';
import { sessionUrl } from '../../links.ts';
import type { BallotData } from './read.ts';

/** Before the result: that it goes on, and nothing of how; or that it does not count. */
export function Unsettled({
  place,
  ballot: { state, session, castUntil, voidReason },
}: BallotData) {
  if (state === 'void') {
    return (
      <section class="quiet-note" aria-labelledby="void">
        <h2 id="void">这次表决作废</h2>
        <p>{voidReason}</p>
        <p>领过的票和投出的票都不算数，也不公布。</p>
      </section>
    );
  }
  return (
    <section class="now" aria-labelledby="state">
      <h2 id="state">{state === 'taking' ? '正在领选票' : '正在投票'}</h2>
      <p role="status">
        {state === 'taking' && '到会的席位先签到、领票，都领完了再一起投。'}
        {castUntil ? (
          <>
            领出的票全部收回就结束，最晚 <Moment iso={castUntil} />
            ；结果随即公布在这一页。
          </>
        ) : (
          '投票开始后，全部收回或满 30 分钟就结束，结果随即公布在这一页。'
        )}
        在那以前，投了多少、投了什么，这里都不显示。
      </p>
      {place.seat && session.number !== null && (
        <p class="bar">
          <a class="button primary" href={sessionUrl(place.slug, session.number)}>
            去会议页，{state === 'taking' ? '领取选票' : '投票'}
          </a>
        </p>
      )}
    </section>
  );
}
