import { Day, Moment } from '../../kit/Moment.tsx';
import { monthInWords } from '../../kit/time.ts';
import { roundUrl } from '../links.ts';
import type { Place } from '../place.tsx';
import type { Round } from '../topics/read.ts';
import { memberIn, sittingIn } from './members.ts';
import type { Committee } from './read.ts';

interface Props {
  readonly place: Place;
  readonly committee: Committee | undefined;
  /** The one at hand. */
  readonly round: Round | null | undefined;
  /** Nothing else on the page is more urgent. */
  readonly isFirst?: boolean;
}

/** For a member: what the office is, until when it is judged, and the round that waits. */
export function Office({ place, committee, round, isFirst = false }: Props) {
  const mine = committee && memberIn(committee, place.seat?.id);
  if (!committee || !mine) return null;
  const { reviewer, term } = committee;
  const others = sittingIn(committee).filter((one) => one !== mine);
  return (
    <section class="office" aria-labelledby="office">
      <h2 id="office">您是选题委员会委员</h2>
      <p>
        <Day iso={mine.since} />
        {reviewer.by === 'committee'
          ? `起，您和${others.map(({ community }) => community).join('、')}的书记一起定议题。各席位投票以后，一人提出动议，两人签署，就定下来。`
          : `起任委员。${reviewer.note}。`}
      </p>
      {reviewer.by === 'committee' && round && (
        <Waiting salon={place.slug} round={round} isFirst={isFirst} />
      )}
      {term?.evaluationDueOn && (
        <p class="hint">
          <Day iso={term.evaluationDueOn} />
          起的第一期沙龙上，各席位不记名评价：这半年选的议题有没有用。
        </p>
      )}
    </section>
  );
}

interface WaitingProps {
  readonly salon: string;
  readonly round: Round;
  readonly isFirst: boolean;
}

/** What there is to decide, now or next. */
function Waiting({ salon, round: { month, state, closesAt, mayMove }, isFirst }: WaitingProps) {
  const about = monthInWords(month);
  const address = roundUrl(salon, month);
  if (mayMove) {
    return (
      <>
        <p>
          <strong>{about}的投票已截止，等委员定议题。</strong>
        </p>
        <p class="bar">
          <a class={isFirst ? 'button primary' : 'button'} href={address}>
            看得票，提出动议
          </a>
        </p>
      </>
    );
  }
  const next = state === 'waiting' || state === 'proposing' || state === 'voting';
  return (
    <>
      <p>
        {next ? (
          <>
            接下来定{about}的议题：投票 <Moment iso={closesAt} /> 截止，那以后就请您定。
          </>
        ) : (
          `${about}的议题已经定了，现在没有等您定的。`
        )}
      </p>
      <p class="bar">
        <a class="button" href={address}>
          看{about}的议题
        </a>
      </p>
    </>
  );
}
