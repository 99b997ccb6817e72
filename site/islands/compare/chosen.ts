/** Which cases are being compared: in the address, and in this tab between pages. */
export const MOST = 4;
const KEY = 'yuanzhuo:compare';
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export function readChosen(search: string): string[] {
  const listed = new URLSearchParams(search).get('cases')?.split(',') ?? [];
  return [...new Set(listed.filter((id) => ID.test(id)))].slice(0, MOST);
}

export const comparisonUrl = (ids: readonly string[]) =>
  ids.length > 0 ? `/compare/?cases=${ids.join(',')}` : '/compare/';

/** Adds a case to those of this tab, the oldest making room, and tells where they are compared. */
export function addToComparison(id: string): string {
  const ids = [...remembered().filter((one) => one !== id), id].slice(-MOST);
  rememberChosen(ids);
  return comparisonUrl(ids);
}

export function rememberChosen(ids: readonly string[]): void {
  try {
    sessionStorage.setItem(KEY, ids.join(','));
  } catch {}
}

export function remembered(): string[] {
  try {
    return (sessionStorage.getItem(KEY) ?? '').split(',').filter((id) => ID.test(id));
  } catch {
    return [];
  }
}
