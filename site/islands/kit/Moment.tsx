import { dayInWords, momentOfYear, timeLeft } from './time.ts';

/** A day that no line break parts. @param iso a moment, or a day */
export const Day = ({ iso }: { iso: string }) => (
  <time class="moment" dateTime={iso}>
    {dayInWords(iso)}
  </time>
);

/** A date and time of this year that no line break parts. */
export const Moment = ({ iso }: { iso: string }) => (
  <time class="moment" dateTime={iso}>
    {momentOfYear(iso)}
  </time>
);

/** Until when, and how long that still is. */
export function Until({ iso }: { iso: string }) {
  const left = timeLeft(iso, Date.now());
  return (
    <>
      <Moment iso={iso} /> 截止{left && `（${left}）`}
    </>
  );
}
