import { useEffect, useState } from 'preact/hooks';
import { readBox } from '../../../../lib/ballots/box.ts';
import { shortFingerprint } from '../../../../lib/ballots/bytes.ts';
import { leftInWords } from '../../ballots/Preside.tsx';
import type { SessionBallot } from '../../ballots/read.ts';
import { useNow } from '../useNow.ts';

/** While papers are taken and cast the room sees this and nothing else; never how many have cast. */
export function BallotPanel({ ballot }: { readonly ballot: SessionBallot }) {
  const question = useQuestion(ballot.id);
  return (
    <section class="screen-ballot" aria-label="表决">
      <h2>{question ?? ballot.title}</h2>
      {ballot.state === 'taking' ? <Taking ballot={ballot} /> : <Casting ballot={ballot} />}
      <div class="screen-key">
        <p class="screen-how">核对码：请看手机上的，应当一样</p>
        <p class="fingerprint">{shortFingerprint(ballot.fingerprint)}</p>
      </div>
    </section>
  );
}

/** As it stands on the paper; asked once, as anybody. */
function useQuestion(ballot: string): string | undefined {
  const [question, setQuestion] = useState<string>();
  useEffect(() => {
    readBox(ballot).then(
      (facts) => setQuestion(facts.question),
      () => setQuestion(undefined),
    );
  }, [ballot]);
  return question;
}

function Taking({
  ballot: { taken, attending, announcedAt, mayCloseAt },
}: {
  ballot: SessionBallot;
}) {
  const now = useNow(1000);
  const left = mayCloseAt === null ? 0 : Date.parse(mayCloseAt) - now;
  return (
    <>
      <p class="screen-count" role="status">
        已领 <b>{taken}</b> / 签到 <b>{attending}</b>
      </p>
      {announcedAt !== null && (
        <p class="screen-last">
          {left > 0 ? (
            <>
              领票即将截止 <b role="timer">{leftInWords(left)}</b>
            </>
          ) : (
            '领票随时截止，请马上领'
          )}
        </p>
      )}
    </>
  );
}

function Casting({ ballot: { castUntil } }: { ballot: SessionBallot }) {
  const now = useNow(1000);
  return (
    <p class="screen-count">
      正在投票
      {castUntil && (
        <>
          ，还有 <b role="timer">{leftInWords(Date.parse(castUntil) - now)}</b>
        </>
      )}
    </p>
  );
}
