import { useState } from 'preact/hooks';
import type { BoxFacts, Paper } from '../../../../lib/ballots/box.ts';
import { isSigned, readSlip, type SignedSlip } from '../../../../lib/ballots/slips.ts';
import { Refusal, Sending } from './parts.tsx';
import { useBox } from './useBox.ts';
import { useCast } from './useCast.ts';

type MarksPaper = Extract<Paper, { kind: 'marks' }>;
const MARKS = [1, 2, 3, 4, 5] as const;

const slipOf = (second: string): SignedSlip | undefined => {
  const slip = readSlip(second);
  return slip && isSigned(slip) ? slip : undefined;
};

/** 第二张纸: marks and a comment under a token of their own; nobody has to. */
export function SecondPaper({ second }: { readonly second: string }) {
  const [slip] = useState(() => slipOf(second));
  const { facts } = useBox(slip ? second : undefined);
  const { casting, cast } = useCast(slip);
  if (!slip || !facts) return null;
  if (casting.step === 'done') return <p role="status">打分和意见也已投入票箱。谢谢您。</p>;
  if (casting.step === 'sending') return <Sending again={casting.again} />;
  if (facts.phase !== 'casting' || facts.paper.kind !== 'marks') return null;
  return (
    <>
      <Refusal problem={casting.problem} />
      <Marks facts={facts} paper={facts.paper} cast={cast} />
    </>
  );
}

function Marks({
  facts,
  paper,
  cast,
}: {
  readonly facts: BoxFacts;
  readonly paper: MarksPaper;
  readonly cast: (choice: { marks: Record<string, number>; comment: string }) => void;
}) {
  const [empty, setEmpty] = useState(false);
  const send = (form: HTMLFormElement) => {
    const typed = new FormData(form);
    const marks = Object.fromEntries(
      paper.topics.flatMap(({ id }) => (typed.has(id) ? [[id, Number(typed.get(id))]] : [])),
    );
    const comment = String(typed.get('comment') ?? '').trim();
    const blank = Object.keys(marks).length === 0 && comment === '';
    setEmpty(blank);
    if (!blank) cast({ marks, comment });
  };
  return (
    <form
      class="booth-second"
      onInput={() => setEmpty(false)}
      onSubmit={(event) => {
        event.preventDefault();
        send(event.currentTarget);
      }}
    >
      <h2>还可以打分、写意见（不是必须）</h2>
      <p>{facts.question}</p>
      <p class="hint">
        这是另一张票，和刚才那张连不到一起。只公布合计；少于 3 张就都不公布。1 分最低，5
        分最高，可以空着。
      </p>
      {paper.topics.map(({ id, label }) => (
        <fieldset key={id} class="booth-marks">
          <legend>{label}</legend>
          <div>
            {MARKS.map((mark) => (
              <label key={mark}>
                <input type="radio" name={id} value={mark} />
                <span>{mark}</span>
                <span class="visually-hidden"> 分</span>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      <div class="field">
        <label for="comment">意见（最多 {paper.comment} 字）</label>
        <p class="hint" id="comment-hint">
          文风也可能暴露身份：请写得平常些，不写只有您知道的事。
        </p>
        <textarea
          id="comment"
          name="comment"
          rows={3}
          maxLength={paper.comment}
          aria-describedby="comment-hint"
        />
      </div>
      {empty && (
        <p class="field-error" role="alert">
          还没有打分，也没有写意见。不想写，就直接返回沙龙。
        </p>
      )}
      <button class="button booth-button" type="submit">
        投出打分和意见
      </button>
    </form>
  );
}
