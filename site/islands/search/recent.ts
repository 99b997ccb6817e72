const KEY = 'yuanzhuo:recent';
const MOST = 6;

/** Recent searches stay in this browser. Storage may be refused: then there are none. */
export function recentSearches(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored)
      ? stored.filter((one) => typeof one === 'string').slice(0, MOST)
      : [];
  } catch {
    return [];
  }
}

export function rememberSearch(query: string): void {
  const others = recentSearches().filter((one) => one !== query);
  try {
    localStorage.setItem(KEY, JSON.stringify([query, ...others].slice(0, MOST)));
  } catch {}
}

export function forgetSearches(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {}
}
