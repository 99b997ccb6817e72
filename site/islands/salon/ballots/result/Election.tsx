import { Tally } from '../../topics/Ranked.tsx';
import type { Ballot, ElectionResult } from './read.ts';

interface Props {
  readonly ballot: Ballot;
  readonly result: ElectionResult;
}

/** Communities by their seats. */
type Names = Ballot['names'];

/** What came of an election: the names by votes, who is elected, and how a tie is settled. */
export function Election({ ballot: { names, runOff }, result }: Props) {
  const { elected, blank, places, lots } = result;
  return (
    <section aria-labelledby="result">
      <h2 id="result">{electedInWords(elected, names)}</h2>
      <p>
        {runOff > 0
          ? `票数相同，第 ${runOff} 次加投。要选 ${places} 名，得票多的当选。`
          : `要选 ${places} 名，得票多的当选；一票也没有的不能当选。`}
      </p>
      <Candidates result={result} />
      {blank > 0 && <p>弃权（空白票）{blank} 张。</p>}
      {lots ? (
        <Lots lots={lots} elected={elected} names={names} />
      ) : (
        <PlacesLeft result={result} names={names} />
      )}
    </section>
  );
}

const named = (ids: readonly string[], names: Names): string =>
  ids.map((id) => names[id] ?? '').join('、');

export const electedInWords = (elected: readonly string[], names: Names): string =>
  elected.length > 0 ? `当选：${named(elected, names)}` : '没有人当选';

/** All who stood, by votes. */
export function Candidates({ result }: Pick<Props, 'result'>) {
  const { counts, elected } = result;
  const most = Math.max(1, ...counts.map(({ votes }) => votes));
  const ranked = counts.toSorted((a, b) => b.votes - a.votes);
  return (
    <ol class="plain candidates">
      {ranked.map(({ seatId, community, votes }) => (
        <li key={seatId} class={elected.includes(seatId) ? 'picked' : undefined}>
          <strong>{community}</strong>
          <Tally votes={votes} most={most} />
          <Standing result={result} seatId={seatId} />
        </li>
      ))}
    </ol>
  );
}

function Standing({ result, seatId }: Pick<Props, 'result'> & { readonly seatId: string }) {
  const { elected, tied, lots } = result;
  const drawn = lots?.some((lot) => lot.seatId === seatId);
  if (elected.includes(seatId)) {
    return <span class="stamp now">{drawn ? '抽签当选' : '当选'}</span>;
  }
  if (drawn) return <span class="stamp">抽签未中</span>;
  return tied.includes(seatId) ? <span class="stamp">票数相同</span> : null;
}

interface LeftProps {
  readonly result: ElectionResult;
  readonly names: Names;
}

/** What becomes of the places that the count left open. */
export function PlacesLeft({ result: { tied, lots, elected, places }, names }: LeftProps) {
  const left = places - elected.length;
  if (!lots && tied.length > 0) {
    return (
      <p class="quiet-note">
        {named(tied, names)}票数相同，还有 {left} 个名额，在他们中间加投一次。
      </p>
    );
  }
  if (left <= 0) return null;
  return (
    <p class="quiet-note">
      还空 {left} 个名额，{elected.length > 0 ? '接着补选。' : '重新选举。'}
    </p>
  );
}

function Lots({
  lots,
  elected,
  names,
}: {
  readonly lots: NonNullable<ElectionResult['lots']>;
  readonly elected: readonly string[];
  readonly names: Names;
}) {
  return (
    <div class="lots">
      <h3>抽签</h3>
      <p>
        加投两次还是相同，就抽签。签不是谁抽的：把表决编号、公示文件的哈希、席位编号接在一起，算出
        SHA-256，小的在前。谁也挑不了，谁都能重算。
      </p>
      <ol>
        {lots.map(({ seatId, digest }) => (
          <li key={seatId}>
            <strong>{names[seatId]}</strong>
            {elected.includes(seatId) && '，当选'}
            <code>{digest}</code>
          </li>
        ))}
      </ol>
    </div>
  );
}
