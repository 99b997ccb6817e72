import { dayInWords, momentInWords } from '../../kit/time.ts';
import { Office } from '../committee/Office.tsx';
import { minutesUrl, seatsUrl, sessionUrl } from '../links.ts';
import { PlaceHead } from '../place.tsx';
import { SeatFigure } from '../seats/SeatFigure.tsx';
import { Concerns } from './Concerns.tsx';
import { concernsOf, type Facts } from './concerns.ts';
import type { SalonData } from './load.ts';

type Session = NonNullable<Facts['sessions']>['sessions'][number];

/** What concerns me now; then the table, the next session and the last minutes. */
export function MemberHome({ data }: { readonly data: SalonData }) {
  const { place, schedule, facts, failed, isOneOfMany } = data;
  const now = new Date().toISOString();
  const sessions = facts.sessions?.sessions ?? [];
  const next = sessions.findLast(({ state }) => state === 'planned' || state === 'open');
  const last = sessions.find(({ publishedAt }) => publishedAt !== null);
  return (
    <PlaceHead place={place} room="home">
      {failed && (
        <p class="notice" role="status">
          有些内容没有取到，下面可能不全。请过一会儿刷新。
        </p>
      )}
      <div class="home-desk">
        <Concerns
          concerns={concernsOf(facts, { seat: place.seat?.id, now })}
          salon={place.slug}
          now={now}
        />
        <Office place={place} committee={facts.committee} round={facts.round} />
        <div class="home-table">
          <SeatFigure schedule={schedule} />
          <a class="button" href={seatsUrl(place.slug)}>
            看席位与轮值
          </a>
        </div>
        <NextSession session={next} salon={place.slug} />
        {last && <LastMinutes session={last} salon={place.slug} />}
      </div>
      {isOneOfMany && (
        <p>
          <a class="button" href="/salon/">
            换一个沙龙
          </a>
        </p>
      )}
    </PlaceHead>
  );
}

interface Props {
  readonly session: Session;
  readonly salon: string;
}

const nameOf = ({ number }: Session): string => (number === null ? '下一期' : `第 ${number} 期`);

function NextSession({
  session,
  salon,
}: {
  readonly session: Session | undefined;
  readonly salon: string;
}) {
  return (
    <section aria-labelledby="next-session">
      <h2 id="next-session">下一次会议</h2>
      {session === undefined ? (
        <p>还没有安排。主办单位排定以后，时间和地点会写在这里。</p>
      ) : (
        <>
          <dl class="agreed">
            <dt>期数</dt>
            <dd>{nameOf(session)}</dd>
            <dt>时间</dt>
            <dd>{momentInWords(session.startsAt)}</dd>
            <dt>地点</dt>
            <dd>{session.place || '待定'}</dd>
            <dt>轮值主席</dt>
            <dd>{session.chair?.community ?? '暂缺'}</dd>
            <dt>议题</dt>
            <dd>{session.topics.length > 0 ? session.topics.join('；') : '还没有确定'}</dd>
          </dl>
          {session.number !== null && (
            <a class="button" href={sessionUrl(salon, session.number)}>
              看议程和材料
            </a>
          )}
        </>
      )}
    </section>
  );
}

function LastMinutes({ session, salon }: Props) {
  return (
    <section aria-labelledby="last-minutes">
      <h2 id="last-minutes">最近公布的纪要</h2>
      <p>
        {nameOf(session)}，{dayInWords(session.startsAt)}
        {session.topics.length > 0 && `：${session.topics.join('；')}`}
      </p>
      {session.number !== null && (
        <a class="button" href={minutesUrl(salon, session.number)}>
          看纪要
        </a>
      )}
    </section>
  );
}
