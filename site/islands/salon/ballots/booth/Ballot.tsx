import { useEffect, useRef, useState } from 'preact/hooks';
import { type ChoosePaper, inWords, isElection, left, type Marked, tapped } from './choice.ts';

interface Props {
  readonly question: string;
  readonly paper: ChoosePaper;
  readonly cast: (choice: readonly string[]) => void;
}

/** The paper: options as large as cards, then one question, then it is cast. */
export function Ballot({ question, paper, cast }: Props) {
  const [marked, setMarked] = useState<Marked>();
  const [asking, setAsking] = useState(false);
  const [missing, setMissing] = useState(false);
  if (asking && marked) {
    return (
      <Ask words={inWords(paper, marked)} cast={() => cast(marked)} back={() => setAsking(false)} />
    );
  }
  return (
    <form
      class="booth-paper"
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(marked === undefined);
        setAsking(marked !== undefined);
      }}
    >
      <Options question={question} paper={paper} marked={marked} mark={setMarked} />
      {missing && marked === undefined && (
        <p class="field-error" role="alert">
          还没有选。
          {isElection(paper) ? '不想选任何人，请选“弃权”。' : '三项里选一项；拿不定可以选“弃权”。'}
        </p>
      )}
      <button class="button primary booth-button" type="submit">
        选好了
      </button>
    </form>
  );
}

function Options({
  question,
  paper,
  marked,
  mark,
}: {
  readonly question: string;
  readonly paper: ChoosePaper;
  readonly marked: Marked;
  readonly mark: (marked: Marked) => void;
}) {
  const several = paper.most > 1;
  const full = several && left(paper, marked) === 0;
  return (
    <fieldset class="booth-options">
      <legend>
        <h2>{question}</h2>
      </legend>
      {isElection(paper) && (
        <p class="booth-left" role="status">
          最多选 {paper.most} 个，还可以选 <strong>{left(paper, marked)}</strong> 个
          {full && '；要换人，先点掉一个'}
        </p>
      )}
      {paper.options.map(({ id, label }) => {
        const chosen = marked?.includes(id) ?? false;
        return (
          <label key={id} class="booth-option">
            <input
              type={several ? 'checkbox' : 'radio'}
              name="choice"
              value={id}
              checked={chosen}
              disabled={full && !chosen}
              onChange={() => mark(tapped(paper, marked, id))}
            />
            <span>{label}</span>
          </label>
        );
      })}
      {isElection(paper) && (
        <label class="booth-option abstain">
          <input
            type={several ? 'checkbox' : 'radio'}
            name="choice"
            value=""
            checked={marked?.length === 0}
            onChange={({ currentTarget }) => mark(currentTarget.checked ? [] : undefined)}
          />
          <span>
            弃权<small>不选任何人</small>
          </span>
        </label>
      )}
    </fieldset>
  );
}

interface AskProps {
  readonly words: string;
  readonly cast: () => void;
  readonly back: () => void;
}

function Ask({ words, cast, back }: AskProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section class="booth-ask">
      <h2 ref={heading} tabIndex={-1}>
        您选了<strong>{words}</strong>
      </h2>
      <p>投出后不能改。</p>
      <div class="bar">
        <button class="button primary booth-button" type="button" onClick={cast}>
          投出
        </button>
        <button class="button" type="button" onClick={back}>
          改选
        </button>
      </div>
    </section>
  );
}
