import { ask } from '../../../../lib/api.ts';
import { Show, useLoaded } from '../../../kit/load.tsx';
import { Qr } from '../../../kit/qr.tsx';
import { ResultBar } from '../../ballots/ResultBar.tsx';
import type { SessionBallot } from '../../ballots/read.ts';
import { Candidates, electedInWords, PlacesLeft } from '../../ballots/result/Election.tsx';
import { type Ballot, type BallotResult, ballotApi } from '../../ballots/result/read.ts';
import { verdictInWords } from '../../ballots/words.ts';
import { ballotUrl } from '../../links.ts';

interface Props {
  readonly salon: string;
  readonly ballot: SessionBallot;
}

/** What the vote came to, for the whole room: as the ballot's own page says it, and larger. */
export function ResultPanel({ salon, ballot }: Props) {
  const { title, state, voidReason } = ballot;
  return (
    <section class="screen-outcome" aria-label="表决结果" aria-live="polite">
      <p class="screen-title">{title}</p>
      {state === 'void' ? (
        <div class="screen-void">
          <h2>这次表决作废</h2>
          <p>{voidReason}</p>
        </div>
      ) : (
        <Counted salon={salon} ballot={ballot} />
      )}
      <ResultLink salon={salon} ballot={ballot} />
    </section>
  );
}

function Counted({ salon, ballot }: Props) {
  const param = { salon, ballot: ballot.id };
  const { shown, reload } = useLoaded(() => ask(ballotApi.$get({ param })));
  return (
    <Show shown={shown} reload={reload}>
      {(page) => page.result && <Result names={page.names} result={page.result} />}
    </Show>
  );
}

function Result({ names, result }: Pick<Ballot, 'names'> & { readonly result: BallotResult }) {
  const { due, attending, issued, received } = result;
  return (
    <>
      {result.kind === 'evaluation' ? (
        <>
          <h2>{verdictInWords(result.recalled)}</h2>
          <ResultBar
            forIt={result.for}
            against={result.against}
            abstain={result.abstain}
            attending={attending}
          />
        </>
      ) : (
        <>
          <h2>{electedInWords(result.elected, names)}</h2>
          <Candidates result={result} />
          <PlacesLeft result={result} names={names} />
        </>
      )}
      <p class="screen-roll">
        应到 {due}　实到 {attending}　发出 {issued}　收回 {received}
      </p>
    </>
  );
}

/** Where every paper can be counted again. */
export const ResultLink = ({ salon, ballot: { id, title, state } }: Props) => (
  <a class="screen-result" href={ballotUrl(salon, id)}>
    <Qr text={`${location.origin}${ballotUrl(salon, id)}`} label={`${title}的结果`} />
    <span>{state === 'void' ? '扫码看经过' : '扫码看公示，自己也能计一遍票'}</span>
  </a>
);
