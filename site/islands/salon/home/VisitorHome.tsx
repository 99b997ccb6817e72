import { signInPath } from '../../../lib/session.ts';
import { dayInWords, monthInWords } from '../../kit/time.ts';
import { rulesUrl, seatsUrl } from '../links.ts';
import { PlaceHead } from '../place.tsx';
import type { MonthRow } from '../seats/marks.ts';
import { SeatFigure } from '../seats/SeatFigure.tsx';
import type { SalonData } from './load.ts';

/** So many of the coming months; the table of seats has them all. */
const MONTHS = 4;

/** What anybody may know of a salon, and the way in. */
export function VisitorHome({ data: { place, schedule } }: { readonly data: SalonData }) {
  const months = schedule.months.slice(0, MONTHS);
  return (
    <PlaceHead place={place} room="home">
      <div class="home-desk">
        <div>
          <p class="measure">
            每个社区一个席位，书记轮流当主席，每月一期：先提议题、投票选题，再坐到一起商量，会后出纪要，事情一件件办到底。
          </p>
          <div class="bar">
            {place.me ? (
              <p>您不在这个沙龙里。如果应该在，请联系{place.hostUnit}。</p>
            ) : (
              <a class="button primary" href={signInPath()}>
                登录
              </a>
            )}
            <a class="button" href="/sessions/">
              看往期纪要
            </a>
            <a class="button" href={rulesUrl(place.slug)}>
              看章程
            </a>
          </div>
        </div>
        <div class="home-table">
          <SeatFigure schedule={schedule} />
          <a class="button" href={seatsUrl(place.slug)}>
            看席位与轮值
          </a>
        </div>
        <section aria-labelledby="schedule">
          <h2 id="schedule">近期安排</h2>
          {months.length === 0 ? (
            <p>还没有安排。主办单位排定第一期以后，时间和轮值主席会写在这里。</p>
          ) : (
            <dl class="agreed">
              {months.map((row) => (
                <Planned key={row.month} row={row} />
              ))}
            </dl>
          )}
        </section>
      </div>
    </PlaceHead>
  );
}

function Planned({ row: { month, community, number, startsAt } }: { readonly row: MonthRow }) {
  return (
    <>
      <dt>{monthInWords(month)}</dt>
      <dd>
        {community ?? '主席暂缺'}
        {number !== null && `，第 ${number} 期`}
        {startsAt && `，${dayInWords(startsAt)}`}
      </dd>
    </>
  );
}
