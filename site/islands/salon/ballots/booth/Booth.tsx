import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { BoxFacts } from '../../../../lib/ballots/box.ts';
import { type Receipt, readReceipt } from '../../../../lib/ballots/receipts.ts';
import { isSigned, readSlip, type SignedSlip } from '../../../../lib/ballots/slips.ts';
import { clockOf } from '../../../kit/time.ts';
import { ballotUrl, homeUrl, sessionUrl } from '../../links.ts';
import { Explain, Fingerprint } from '../Explain.tsx';
import { Ballot } from './Ballot.tsx';
import { Refusal, SaveReceipt, Sending } from './parts.tsx';
import { SecondPaper } from './SecondPaper.tsx';
import { useBox } from './useBox.ts';
import { type Casting, useCast } from './useCast.ts';

/** What the address names, and what this browser holds for it. */
interface Here {
  readonly ballot: string;
  /** The ballot of the second paper. */
  readonly second: string | null;
  readonly salon: string;
  /** The session's page, or the salon's. */
  readonly back: string;
  readonly slip: SignedSlip | undefined;
  /** Begun and not finished: the taking has to be done again. */
  readonly begun: boolean;
  readonly receipt: Receipt | undefined;
}

function here(): Here {
  const query = new URLSearchParams(location.search);
  const ballot = query.get('ballot') ?? '';
  const salon = query.get('salon') ?? '';
  const number = query.get('n');
  const slip = readSlip(ballot);
  return {
    ballot,
    second: query.get('second'),
    salon,
    back: number && /^\d{1,4}$/.test(number) ? sessionUrl(salon, number) : homeUrl(salon),
    slip: slip && isSigned(slip) ? slip : undefined,
    begun: slip !== undefined && !isSigned(slip),
    receipt: readReceipt(ballot),
  };
}

/**
 * 投票间: the page where a paper is cast. It asks the ballot box, and for the list of its
 * own programs when someone wants to see it, without a cookie; nobody is signed in here, and no
 * stream is open.
 */
export function Booth() {
  const [at] = useState(here);
  const { facts, problem } = useBox(at.ballot);
  const { casting, cast } = useCast(at.slip);
  return (
    <>
      <p class="visually-hidden" role="status">
        {facts?.phase === 'casting' && '投票开始了。'}
      </p>
      {problem && problem.status !== 0 && <Refusal problem={problem} />}
      {problem?.status === 0 && (
        <p class="notice" role="status">
          没有连上，正在重试。您的票在手机里，不会丢。
        </p>
      )}
      {facts && <Step at={at} facts={facts} casting={casting} cast={cast} />}
      {!facts && !problem && <p class="waiting">正在打开投票间…</p>}
      <p class="booth-back">
        <a class="tap-link" href={at.back}>
          返回沙龙
        </a>
      </p>
      {facts && <Explain fingerprint={facts.fingerprint} />}
    </>
  );
}

interface StepProps {
  readonly at: Here;
  readonly facts: BoxFacts;
  readonly casting: Casting;
  readonly cast: (choice: readonly string[]) => Promise<void>;
}

function Step({ at, facts, casting, cast }: StepProps) {
  const { slip, receipt } = at;
  if (casting.step === 'sending') return <Sending again={casting.again} />;
  if (receipt || casting.step === 'done') {
    const over = facts.phase === 'closed' || facts.phase === 'void';
    return <Done at={at} how={casting.step === 'done' ? casting.how : 'cast'} over={over} />;
  }
  if (facts.phase === 'void') {
    return <Told title="本次表决作废">您手机里的票不再有用；原因见这次表决的页面。</Told>;
  }
  // Casting may end while someone is still choosing.
  const late = casting.step === 'open' && casting.problem?.code === 'castingOver';
  if (late || facts.phase === 'counting' || facts.phase === 'closed') return <Over at={at} />;
  if (!slip) return <NoPaper begun={at.begun} back={at.back} />;
  // A key other than the one that signed this paper is another ballot's, or a trick.
  if (slip.fingerprint !== facts.fingerprint) {
    return (
      <Told title="核对码对不上，请不要投票">请马上告诉会场里的人，请他们看屏幕上的核对码。</Told>
    );
  }
  if (facts.phase === 'taking' || facts.paper.kind !== 'choose') return <Waiting facts={facts} />;
  return (
    <>
      <Refusal problem={casting.problem} />
      {facts.castUntil && <p class="booth-until">{clockOf(facts.castUntil)} 截止</p>}
      <Ballot question={facts.question} paper={facts.paper} cast={cast} />
    </>
  );
}

/** A heading that is read out when it comes. */
function Told({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}) {
  return (
    <section class="booth-told" role="status">
      <h2>{title}</h2>
      <p>{children}</p>
    </section>
  );
}

const Waiting = ({ facts }: { readonly facts: BoxFacts }) => (
  <Told title="票已领好，等开始投票">
    {facts.question}
    <br />
    领票截止后，这里会自己变成选票，不用刷新。等的时候，请看会场屏幕上的核对码，应当和这里的一样：
    <Fingerprint of={facts.fingerprint} />
  </Told>
);

const NoPaper = ({ begun, back }: { readonly begun: boolean; readonly back: string }) => (
  <Told title={begun ? '票还没有领完' : '这个浏览器里没有您的选票'}>
    {begun
      ? '领票时断了，没有收到回音。请回到会议页面，再按一次“继续领票”。'
      : '请用领票时的那部手机、那个浏览器打开。在微信里领的，就在微信里投。还没领的，先回会议页面领票。'}
    <br />
    <a class="button" href={back}>
      回到会议页面
    </a>
  </Told>
);

const Over = ({ at }: { readonly at: Here }) => (
  <Told title="投票已经结束">
    {at.slip && '您的票没有投出，计为未投。'}
    <br />
    <a class="button" href={ballotUrl(at.salon, at.ballot)}>
      看结果
    </a>
  </Told>
);

interface DoneProps {
  readonly at: Here;
  readonly how: 'cast' | 'earlier';
  /** The result stands on its page. */
  readonly over: boolean;
}

function Done({ at, how, over }: DoneProps) {
  const [receipt] = useState(() => readReceipt(at.ballot));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <section class="booth-done">
        <h2 ref={heading} tabIndex={-1}>
          已投入票箱
        </h2>
        {how === 'earlier' && <p>这张票先前已经投过，以第一次投的为准。</p>}
        <p>
          计票后公示全部选票，回执能让您找到自己的那一张。它已存在这个浏览器里；给谁看，谁就知道您投了什么。
        </p>
        <div class="bar">
          {receipt && <SaveReceipt receipt={receipt} />}
          <a class="button" href={ballotUrl(at.salon, at.ballot)}>
            {over ? '看结果' : '去等结果'}
          </a>
        </div>
      </section>
      {at.second && <SecondPaper second={at.second} />}
    </>
  );
}
