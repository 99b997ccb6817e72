import type {
  BulletinShape,
  ChooseBulletin,
  MarksBulletin,
} from '../../../lib/ballots/bulletinShape.ts';
import { shortFingerprint } from '../../../lib/ballots/bytes.ts';
import { type Candidate, electedOf, recallOf } from '../../../lib/ballots/outcome.ts';
import type { Recount } from '../../../lib/ballots/recount.ts';
import { CHECKS, type RecountFault } from '../../../lib/ballots/recountWords.ts';

/** More sentences than this say nothing new. */
const MOST_NAMED = 12;

/** What was checked, what was wrong, and the numbers as recounted here. */
export function RecountReport({ counted }: { readonly counted: Recount }) {
  const { faults, bulletin } = counted;
  const isRight = faults.length === 0;
  return (
    <div class="recount-report">
      <h3>{isRight ? '全部相符' : `有 ${faults.length} 处不符`}</h3>
      {bulletin ? <Checks faults={faults} bulletin={bulletin} /> : null}
      {!isRight && <Faults faults={faults} />}
      {bulletin && <Numbers bulletin={bulletin} counted={counted} />}
      {bulletin && isRight && <Outcome bulletin={bulletin} counted={counted} />}
    </div>
  );
}

function Checks({
  faults,
  bulletin,
}: {
  faults: readonly RecountFault[];
  bulletin: BulletinShape;
}) {
  return (
    <>
      <ul class="plain checks">
        {CHECKS[bulletin.paper.kind].map(({ text, kinds }) => {
          const isWrong = faults.some(({ kind }) => kinds.includes(kind));
          return (
            <li key={text} class={isWrong ? 'wrong' : undefined}>
              <span aria-hidden="true">{isWrong ? '✗' : '✓'}</span>
              <span>
                {text}
                <span class="visually-hidden">{isWrong ? '：不符' : '：相符'}</span>
              </span>
            </li>
          );
        })}
      </ul>
      <p class="note">
        核对码（公钥指纹）<code>{shortFingerprint(bulletin.fingerprint)}</code>
        ：请与会场大屏上的核对。应到、实到和发出的数由表决签到而来，文件本身证明不了。
      </p>
    </>
  );
}

function Faults({ faults }: { readonly faults: readonly RecountFault[] }) {
  const more = faults.length - MOST_NAMED;
  return (
    <div class="notice problem" role="alert">
      <ul>
        {faults.slice(0, MOST_NAMED).map(({ text }) => (
          <li key={text}>{text}</li>
        ))}
        {more > 0 && <li>另有 {more} 处。</li>}
      </ul>
      <p>请保留下载的公示，连同这一页告诉主办单位。</p>
    </div>
  );
}

interface Props {
  readonly bulletin: BulletinShape;
  readonly counted: Recount;
}

function Numbers({ bulletin, counted }: Props) {
  const { due, attending, issued, received, valid, notCast } = bulletin;
  const rows = [
    ['应到', due],
    ['实到', attending],
    ['发出', issued],
    ['收回', received],
    ['有效票', valid],
    ['未投', notCast],
  ] as const;
  return (
    <>
      <dl class="recount-numbers">
        {rows.map(([name, number]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{number}</dd>
          </div>
        ))}
      </dl>
      {'counts' in bulletin ? (
        <Options bulletin={bulletin} counted={counted} />
      ) : (
        <Marks bulletin={bulletin} />
      )}
    </>
  );
}

function Options({ bulletin, counted }: { bulletin: ChooseBulletin; counted: Recount }) {
  const blank = { id: 'blank', label: '空白票' };
  const { options, least } = bulletin.paper;
  return (
    <table class="recount-table">
      <caption>逐张重数</caption>
      <thead>
        <tr>
          <th scope="col">选项</th>
          <th scope="col">公示</th>
          <th scope="col">重数</th>
        </tr>
      </thead>
      <tbody>
        {[...options, ...(least === 0 ? [blank] : [])].map(({ id, label }) => (
          <tr key={id}>
            <th scope="row">{label}</th>
            <td>{bulletin.counts[id]}</td>
            <td>{counted.counts?.[id]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const MARKS = [1, 2, 3, 4, 5];

function Marks({ bulletin: { paper, totals, comments } }: { readonly bulletin: MarksBulletin }) {
  if (!totals) return <p class="note">收回不足 3 张，打分和意见不公布。</p>;
  return (
    <>
      <table class="recount-table">
        <caption>打分的合计（打分的票不逐张公布，合计不能重数）</caption>
        <thead>
          <tr>
            <th scope="col">议题</th>
            {MARKS.map((mark) => (
              <th key={mark} scope="col">
                {mark} 分
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {paper.topics.map(({ id, label }) => (
            <tr key={id}>
              <th scope="row">{label}</th>
              {MARKS.map((mark) => (
                <td key={mark}>{totals[id]?.[mark]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="note">另有意见 {comments?.length ?? 0} 条。</p>
    </>
  );
}

/** What the rule makes of the votes as recounted here. */
function Outcome({ bulletin, counted: { counts } }: Props) {
  const { rule, attending, paper } = bulletin;
  if (!rule || !counts || paper.kind === 'marks') return null;
  if (rule.kind === 'recall') {
    const { recalled, exact, sum } = recallOf(counts['against'] ?? 0, attending);
    const meaning = exact ? '恰好 60%，没有超过' : recalled ? '超过 60%' : '没有超过 60%';
    return (
      <p class="sum">
        <span>{sum}</span>：不认可{meaning}，选题委员会{recalled ? '重新选举' : '继续履职'}。
      </p>
    );
  }
  const { elected, tied, left } = electedOf(paper.options, counts, rule);
  return (
    <p class="sum">
      {elected.length > 0 ? `当选：${people(elected)}。` : '没有人当选。'}
      {tied.length > 0 &&
        `得票相同：${people(tied)}，还有 ${left} 个名额，在他们中间加投；加投两次仍相同，就抽签。`}
      {tied.length === 0 && left > 0 && `还缺 ${left} 个名额：没有得票的不能当选。`}
    </p>
  );
}

const people = (all: readonly Candidate[]): string =>
  all.map(({ label, votes }) => `${label}（${votes} 票）`).join('、');
