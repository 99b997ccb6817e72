import { Tally } from '../../topics/Ranked.tsx';
import type { Ballot, ElectionResult } from './read.ts';

interface Props {
  readonly ballot: Ballot;
  readonly result: ElectionResult;
}

/** What came of an election: the names by votes, who is elected, and how a tie is settled. */
export function Election({ ballot: { names, runOff }, result }: Props) {
  const { counts, elected, blank, places } = result;
  const most = Math.max(1, ...counts.map(({ votes }) => votes));
  const ranked = counts.toSorted((a, b) => b.votes - a.votes);
  const name = (id: string): string => names[id] ?? '';
  return (
    <section aria-labelledby="result">
      <h2 id="result">
        {elected.length > 0 ? `当选：${elected.map(name).join('、')}` : '没有人当选'}
      </h2>
      <p>
        {runOff > 0
          ? `票数相同，第 ${runOff} 次加投。要选 ${places} 名，得票多的当选。`
          : `要选 ${places} 名，得票多的当选；一票也没有的不能当选。`}
      </p>
      <ol class="plain candidates">
        {ranked.map(({ seatId, community, votes }) => (
          <li key={seatId} class={elected.includes(seatId) ? 'picked' : undefined}>
            <strong>{community}</strong>
            <Tally votes={votes} most={most} />
            <Standing result={result} seatId={seatId} />
          </li>
        ))}
      </ol>
      {blank > 0 && <p>弃权（空白票）{blank} 张。</p>}
      <Afterwards result={result} name={name} />
    </section>
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

/** What becomes of the places that the count left open. */
function Afterwards({
  result: { tied, lots, elected, places },
  name,
}: Pick<Props, 'result'> & { readonly name: (id: string) => string }) {
  const left = places - elected.length;
  if (lots) return <Lots lots={lots} elected={elected} name={name} />;
  if (tied.length > 0) {
    return (
      <p class="quiet-note">
        {tied.map(name).join('、')}票数相同，还有 {left} 个名额，在他们中间加投一次。
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
  name,
}: {
  readonly lots: NonNullable<ElectionResult['lots']>;
  readonly elected: readonly string[];
  readonly name: (id: string) => string;
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
            <strong>{name(seatId)}</strong>
            {elected.includes(seatId) && '，当选'}
            <code>{digest}</code>
          </li>
        ))}
      </ol>
    </div>
  );
}
