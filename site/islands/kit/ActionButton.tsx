import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { type ApiProblem, newRequestKey } from '../../lib/api.ts';
import { asProblem, ProblemNote } from './form.tsx';

interface Props {
  /** Does it; `key` is the same for each retry of one wish. */
  readonly act: (key: string) => Promise<void>;
  /** Asked once before what cannot be undone. */
  readonly confirm?: string;
  readonly children: ComponentChildren;
}

/** A button that does one thing, asks first where it must, and says what went wrong beside it. */
export function ActionButton({ act, confirm: question, children }: Props) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const key = useRef(newRequestKey());
  const run = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await act(key.current);
      setAsking(false);
      key.current = newRequestKey();
    } catch (error) {
      const shown = asProblem(error);
      if (shown.status !== 0) key.current = newRequestKey();
      setProblem(shown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <span class="action">
      {asking ? (
        <span class="confirm" role="group" aria-label={question}>
          {question}
          <button class="button primary" type="button" onClick={run} aria-disabled={busy}>
            {busy ? '请稍候…' : '确定'}
          </button>
          <button class="button" type="button" onClick={() => setAsking(false)}>
            不了
          </button>
        </span>
      ) : (
        <button
          class="button"
          type="button"
          aria-disabled={busy}
          onClick={() => (question ? setAsking(true) : run())}
        >
          {children}
        </button>
      )}
      <ProblemNote problem={problem} />
    </span>
  );
}
