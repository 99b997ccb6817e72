import { useEffect } from 'preact/hooks';
import { shortFingerprint } from '../../../../lib/ballots/bytes.ts';
import { Show } from '../../../kit/load.tsx';
import { dayInWords } from '../../../kit/time.ts';
import { bulletinUrl, committeeUrl, sessionUrl } from '../../links.ts';
import { PlaceHead, useRoom } from '../../place.tsx';
import { Limits } from '../Limits.tsx';
import { Recount } from '../Recount.tsx';
import { BULLETINS } from '../words.ts';
import { Election } from './Election.tsx';
import { Evaluation } from './Evaluation.tsx';
import { Roll } from './Roll.tsx';
import { type BallotData, type BallotResult, loadBallot } from './read.ts';
import { Scrutineer } from './Scrutineer.tsx';
import { Second } from './Second.tsx';
import { Unsettled } from './Unsettled.tsx';

/** One ballot, for anybody: what came of it, and all that is needed to count it again. */
export function BallotPage() {
  const { shown, reload } = useRoom(loadBallot);
  return (
    <Show shown={shown} reload={reload}>
      {(data) => (
        <PlaceHead place={data.place} room="committee">
          <Heading {...data} />
          {data.ballot.result ? (
            <Settled data={data} result={data.ballot.result} reload={reload} />
          ) : (
            <Unsettled {...data} />
          )}
          <section aria-labelledby="limits">
            <h2 id="limits">保密到什么程度</h2>
            <Limits />
          </section>
        </PlaceHead>
      )}
    </Show>
  );
}

function Heading({ place, ballot }: BallotData) {
  const { title, question, session, fingerprint } = ballot;
  useEffect(() => {
    document.title = `${title} · 圆桌`;
  }, [title]);
  const name = session.number === null ? '沙龙' : `第 ${session.number} 期沙龙`;
  return (
    <header class="ballot-head">
      <nav class="crumbs" aria-label="所在位置">
        <ol>
          <li>
            <a href={committeeUrl(place.slug)}>选题委员会</a>
          </li>
          <li aria-current="page">表决</li>
        </ol>
      </nav>
      <h2>{title}</h2>
      <p class="hint">
        {place.isMember && session.number !== null ? (
          <a href={sessionUrl(place.slug, session.number)}>{name}</a>
        ) : (
          name
        )}
        ，{dayInWords(session.day)}
      </p>
      <p>选票上的问题：{question}</p>
      <p class="hint">
        核对码（公钥指纹）<code>{shortFingerprint(fingerprint)}</code>
        ，和会场屏幕上显示的、回执里写的应当一样。
      </p>
    </header>
  );
}

interface SettledProps {
  readonly data: BallotData;
  readonly result: BallotResult;
  readonly reload: () => void;
}

function Settled({ data, result, reload }: SettledProps) {
  const { place, param, ballot } = data;
  return (
    <>
      {result.kind === 'evaluation' ? (
        <Evaluation place={place} result={result} />
      ) : (
        <Election ballot={ballot} result={result} />
      )}
      <Roll {...result} />
      {ballot.second && <Second paper={ballot.second} />}
      {ballot.bulletin && (
        <Recount
          url={bulletinUrl(param.salon, param.ballot, 'first')}
          hash={ballot.bulletin}
          ballot={ballot.id}
          words={BULLETINS.first}
        />
      )}
      {ballot.second?.bulletin && (
        <Recount
          url={bulletinUrl(param.salon, param.ballot, 'second')}
          hash={ballot.second.bulletin}
          ballot={ballot.second.id}
          words={BULLETINS.second}
        />
      )}
      {ballot.scrutineer && (
        <Scrutineer scrutineer={ballot.scrutineer} param={param} reload={reload} />
      )}
    </>
  );
}
