import type { ComponentChildren } from 'preact';
import { Moment, Until } from '../../kit/Moment.tsx';
import { newUrl, sessionUrl } from '../links.ts';
import type { Place } from '../place.tsx';
import type { Round } from './read.ts';
import { REVIEWERS } from './words.ts';

interface Props {
  readonly place: Place;
  readonly round: Round;
}

/** What is going on, until when, and the one thing for this person to do. */
export function Now(props: Props) {
  const { title, text, action } = now(props);
  return (
    <section class="now" aria-labelledby="now">
      <h3 id="now">{title}</h3>
      {text}
      {action && <p class="bar">{action}</p>}
    </section>
  );
}

interface Saying {
  readonly title: string;
  readonly text: ComponentChildren;
  readonly action?: ComponentChildren;
}

function now({ place, round }: Props): Saying {
  switch (round.state) {
    case 'waiting':
      return {
        title: '征集还没有开始',
        text: (
          <p>
            <Moment iso={round.opensAt} /> 开始征集，到时会通知各席位。
          </p>
        ),
        ...(round.me && {
          action: (
            <a href={newUrl(place.slug)} class="button primary">
              先起草议题
            </a>
          ),
        }),
      };
    case 'proposing':
      return proposing({ place, round });
    case 'voting':
      return voting(round);
    case 'review':
      return review(round);
    case 'decided':
      return decided({ place, round });
  }
}

function proposing({ place, round: { me, votingAt, topics, reviewer } }: Props): Saying {
  const saying = (text: string) => (
    <p>
      征集到 <Until iso={votingAt} />。{text}
    </p>
  );
  if (!me) {
    const mayDecline =
      reviewer.by === 'host' ? '投票开始前，可以在议题页里说明理由，不采用某个议题。' : '';
    return {
      title: '正在征集议题',
      text: saying(`各席位已提出 ${topics.length} 个议题。${mayDecline}`),
    };
  }
  const { proposalsLeft, community } = me;
  const left =
    proposalsLeft > 0
      ? `${community}本轮还能提出 ${proposalsLeft} 个；看到好的，请附议。`
      : `${community}本轮的名额已用完，还可以起草，留到下一轮；看到好的，请附议。`;
  return {
    title: '正在征集议题',
    text: saying(left),
    action: (
      <a class={proposalsLeft > 0 ? 'button primary' : 'button'} href={newUrl(place.slug)}>
        {proposalsLeft > 0 ? '提出议题' : '起草议题'}
      </a>
    ),
  };
}

function voting({ me, closesAt, votesPerSeat, voters, seats }: Round): Saying {
  return {
    title: me && me.votes.length > 0 ? '您已投票，截止前都能修改' : '正在投票',
    text: (
      <>
        <p>
          投票到 <Until iso={closesAt} />。
          {me &&
            me.votes.length === 0 &&
            `${me.community}有 ${votesPerSeat} 票，投给不同的议题，自己提的也可以投。`}
        </p>
        <p role="status">
          已有 {voters} 个席位投票，共 {seats} 个。
        </p>
      </>
    ),
  };
}

function review({ mayDecide, mayMove, reviewer, voters, seats }: Round): Saying {
  const counted = `投票已截止，${seats} 个席位中有 ${voters} 个投了票。`;
  const by = reviewer.note || `由${REVIEWERS[reviewer.by]}综合研判`;
  return {
    title: mayDecide ? '请确定议题' : mayMove ? '请委员定议题' : '正在综合研判',
    text: (
      <p>
        {counted}
        {mayDecide && '请看各议题的得票，再作决定。'}
        {mayMove && '请看各议题的得票，再提出动议，或签署别的委员的动议；两人签署就定下来。'}
        {!mayDecide && !mayMove && `${by}，结果会通知各席位。`}
      </p>
    ),
    ...(!mayDecide &&
      !mayMove && {
        action: (
          <a class="button primary" href="#ranked">
            看结果
          </a>
        ),
      }),
  };
}

function decided({ place, round }: Props): Saying {
  const chosen = round.topics.filter(({ outcome }) => outcome === 'confirmed');
  const { number, startsAt, state } = round.session;
  const held = state === 'planned' || state === 'open';
  const passed = round.motions.find((motion) => motion.state === 'passed');
  const signers = passed?.signed.map(({ community }) => community).join('、');
  if (round.topics.length === 0) {
    return { title: '这一轮没有议题', text: <p>征集期间没有席位提出议题。</p> };
  }
  return {
    title: chosen.length > 0 ? `确定了 ${chosen.length} 个议题` : '这一轮没有确定议题',
    text: (
      <>
        <p>
          {chosen.map(({ title }) => `“${title}”`).join('、')}
          {chosen.length > 0 && held && (
            <>
              ，<Moment iso={startsAt} /> 的沙龙上讨论
            </>
          )}
          {chosen.length > 0 && '。'}
        </p>
        {round.decisionNote && (
          <blockquote class="said">
            <p>{round.decisionNote}</p>
            <footer>
              {REVIEWERS[round.reviewer.by]}的说明{signers && `，${signers}签署`}
            </footer>
          </blockquote>
        )}
      </>
    ),
    action: number ? (
      <a class="button primary" href={sessionUrl(place.slug, number)}>
        看第 {number} 期沙龙
      </a>
    ) : (
      <a class="button primary" href="#ranked">
        看结果
      </a>
    ),
  };
}
