import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { afterLoading, afterQuietFailure, type Loaded } from './loaded.ts';
import { asProblem, ProblemNote } from './problem.tsx';

export type { Loaded } from './loaded.ts';

interface Loading<T> {
  readonly shown: Loaded<T>;
  /** Because the person asked or did something: a failure takes the place of what was shown. */
  readonly reload: () => void;
  /** Unasked: what is shown, and what is being typed, stays whatever happens. */
  readonly refresh: () => void;
}

/**
 * Fetches when the page opens, and again when told, keeping what is shown meanwhile.
 * @param load gives what JSON can say: by that is told whether anything is new
 */
export function useLoaded<T>(load: () => Promise<T>): Loading<T> {
  const [shown, setShown] = useState<Loaded<T>>({ state: 'loading' });
  const [round, setRound] = useState(0);
  /** Someone waits for the answer, also when a quiet round comes before it. */
  const awaited = useRef(true);
  useEffect(() => {
    let newest = true;
    load().then(
      (data) => {
        if (!newest) return;
        awaited.current = false;
        setShown((before) => afterLoading(before, data));
      },
      (error) => {
        if (!newest) return;
        if (awaited.current) setShown({ state: 'failed', problem: asProblem(error) });
        else setShown((before) => afterQuietFailure(before, error));
      },
    );
    return () => {
      newest = false;
    };
  }, [round]);
  const refresh = useCallback(() => setRound((n) => n + 1), []);
  const reload = useCallback(() => {
    awaited.current = true;
    refresh();
  }, []);
  return { shown, reload, refresh };
}

interface ShowProps<T> {
  readonly shown: Loaded<T>;
  readonly reload: () => void;
  readonly children: (data: T) => ComponentChildren;
}

/** The data, or that it is on its way, or why it did not come and a button to try again. */
export function Show<T>({ shown, reload, children }: ShowProps<T>) {
  if (shown.state === 'loading') return <p class="waiting">正在取数据…</p>;
  if (shown.state === 'ready') {
    return (
      <>
        {shown.stale && (
          <p class="notice" role="status">
            {shown.stale}
          </p>
        )}
        {children(shown.data)}
      </>
    );
  }
  return (
    <>
      <ProblemNote problem={shown.problem} />
      <button class="button" type="button" onClick={reload}>
        再试一次
      </button>
    </>
  );
}
