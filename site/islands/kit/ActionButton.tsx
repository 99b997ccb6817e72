import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ProblemNote } from './problem.tsx';
import { useTry } from './useTry.ts';

interface Props {
  /** Does it; `key` is the same for each retry of one wish. */
  readonly act: (key: string) => Promise<void>;
  /** Asked once before what cannot be undone. */
  readonly confirm?: string;
  readonly primary?: boolean;
  /** Of a button that is either in or out. */
  readonly pressed?: boolean;
  readonly children: ComponentChildren;
}

/** A button that does one thing, asks first where it must, and says what went wrong beside it. */
export function ActionButton({ act, confirm: question, primary, pressed, children }: Props) {
  const [asking, setAsking] = useState(false);
  const { busy, problem, attempt } = useTry();
  const run = () =>
    attempt(async (key) => {
      await act(key);
      setAsking(false);
    });
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
          class={primary ? 'button primary' : 'button'}
          type="button"
          aria-disabled={busy}
          aria-pressed={pressed}
          onClick={() => (question ? setAsking(true) : run())}
        >
          {children}
        </button>
      )}
      <ProblemNote problem={problem} />
    </span>
  );
}
