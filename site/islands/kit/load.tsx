import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { ApiProblem } from '../../lib/api.ts';
import { asProblem, ProblemNote } from './problem.tsx';

export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly data: T }
  | { readonly state: 'failed'; readonly problem: ApiProblem };

/** Fetches when the page opens, and again on `reload`, keeping what is shown meanwhile. */
export function useLoaded<T>(load: () => Promise<T>): { shown: Loaded<T>; reload: () => void } {
  const [shown, setShown] = useState<Loaded<T>>({ state: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let newest = true;
    load().then(
      (data) => newest && setShown({ state: 'ready', data }),
      (error) => newest && setShown({ state: 'failed', problem: asProblem(error) }),
    );
    return () => {
      newest = false;
    };
  }, [round]);
  return { shown, reload: useCallback(() => setRound((n) => n + 1), []) };
}

interface ShowProps<T> {
  readonly shown: Loaded<T>;
  readonly reload: () => void;
  readonly children: (data: T) => ComponentChildren;
}

/** The data, or that it is on its way, or why it did not come and a button to try again. */
export function Show<T>({ shown, reload, children }: ShowProps<T>) {
  if (shown.state === 'loading') return <p class="waiting">正在取数据…</p>;
  if (shown.state === 'ready') return <>{children(shown.data)}</>;
  return (
    <>
      <ProblemNote problem={shown.problem} />
      <button class="button" type="button" onClick={reload}>
        再试一次
      </button>
    </>
  );
}
