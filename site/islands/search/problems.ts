import type { AskedProblem } from './suggest.ts';

let loading: Promise<AskedProblem[]> | undefined;

/** The library's kinds of problem. They are an extra: where they cannot be had, there are none. */
export function askedProblems(): Promise<AskedProblem[]> {
  loading ??= fetch('/problems.json').then((response) => {
    if (!response.ok) throw new Error(`problems.json: ${response.status}`);
    return response.json() as Promise<AskedProblem[]>;
  });
  return loading.catch(() => {
    loading = undefined;
    return [];
  });
}
