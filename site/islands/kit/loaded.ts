import { ApiProblem } from '../../lib/api.ts';

export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly data: T; readonly stale?: string }
  | { readonly state: 'failed'; readonly problem: ApiProblem };

/** The same object where nothing is new, so that nothing on the page is drawn again. */
export function afterLoading<T>(before: Loaded<T>, data: T): Loaded<T> {
  if (before.state !== 'ready') return { state: 'ready', data };
  const same = JSON.stringify(before.data) === JSON.stringify(data);
  if (!same) return { state: 'ready', data };
  return before.stale ? { state: 'ready', data: before.data } : before;
}

/** Nobody asked for this refresh: what is shown stays, and says why it may be out of date. */
export function afterQuietFailure<T>(before: Loaded<T>, error: unknown): Loaded<T> {
  if (before.state !== 'ready') return before;
  const refused = error instanceof ApiProblem && error.status >= 400 && error.status < 500;
  const why = refused ? error.title : '没有连上';
  const stale = `${why}，显示的是几分钟前的内容。`;
  return before.stale === stale ? before : { ...before, stale };
}
