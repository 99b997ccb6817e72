import { Day } from '../../kit/Moment.tsx';
import { fromToday } from '../../kit/time.ts';
import type { PartProps } from './parts.ts';
import type { Member, Term } from './read.ts';

interface Props extends Omit<PartProps, 'reload'> {
  readonly term: Term;
}

/** Those in office and the places that are free, the term, and when it is evaluated next. */
export function Members({ place, committee, term }: Props) {
  const { members, vacancies, beganOn } = term;
  const sitting = members.filter(({ until }) => until === null);
  const left = members.filter(({ until }) => until !== null);
  return (
    <section aria-labelledby="members">
      <h2 id="members">这一届委员</h2>
      <ul class="plain members">
        {sitting.map((one) => (
          <Sitting
            key={one.seatId}
            member={one}
            isMine={one.seatId === place.seat?.id}
            isLater={one.since !== beganOn}
          />
        ))}
        {Array.from({ length: vacancies }, (_, index) => (
          <li key={`vacancy-${index.toString()}`} class="vacant">
            <strong>空缺</strong>
            <small>{committee.election ? '等选举选出' : '等补选'}</small>
          </li>
        ))}
      </ul>
      {left.length > 0 && (
        <ul class="plain hint left">
          {left.map(({ seatId, community, ended, until }) => (
            <li key={seatId}>
              {community}中途离任：{ended}，{until && <Day iso={until} />}
            </li>
          ))}
        </ul>
      )}
      <dl class="term">
        <dt>任期</dt>
        <dd>
          <Day iso={beganOn} />起
        </dd>
        <dt>下次评价</dt>
        <dd>
          <NextEvaluation on={term.evaluationDueOn} />
        </dd>
      </dl>
    </section>
  );
}

interface SittingProps {
  readonly member: Member;
  readonly isMine: boolean;
  /** Came in by a by-election. */
  readonly isLater: boolean;
}

function Sitting({ member, isMine, isLater }: SittingProps) {
  return (
    <li>
      <strong>{member.community}</strong>
      <span>
        {member.secretary}
        {isMine && '（您）'}
      </span>
      {isLater && (
        <small>
          补选，
          <Day iso={member.since} />起
        </small>
      )}
    </li>
  );
}

function NextEvaluation({ on }: { readonly on: string | null }) {
  if (!on) return <>这一届现在没有排定评价。</>;
  return (
    <>
      <p>
        <Day iso={on} />（{fromToday(on, new Date().toISOString())}）起的第一期沙龙
      </p>
      <p class="hint">
        每半年一次，签到的席位不记名评价：选的议题有没有用。反对的超过实到的
        60%，委员会重新选举；恰好 60% 不重选。
      </p>
    </>
  );
}
