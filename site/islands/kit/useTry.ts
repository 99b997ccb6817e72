import { useRef, useState } from 'preact/hooks';
import { type ApiProblem, newRequestKey } from '../../lib/api.ts';
import { asProblem } from './problem.tsx';

/**
 * Trying one thing that the server may refuse: never twice at once, and under one request key until
 * an answer comes, so that a retry after a broken connection is the same request.
 */
export function useTry() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const key = useRef(newRequestKey());
  const attempt = async (work: (key: string) => Promise<void>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await work(key.current);
      key.current = newRequestKey();
    } catch (error) {
      const shown = asProblem(error);
      // An answer came: the next try is another request.
      if (shown.status !== 0) key.current = newRequestKey();
      setProblem(shown);
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, attempt };
}
