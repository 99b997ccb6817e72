/** What this browser keeps of what is being typed, until the server has it. */

const nameOf = (key: string): string => `yuanzhuo:kept:${key}`;

/** @returns undefined where nothing, or nothing readable, is kept */
export function readKept(key: string): unknown {
  try {
    const stored = localStorage.getItem(nameOf(key));
    return stored === null ? undefined : JSON.parse(stored);
  } catch {
    return undefined;
  }
}

/** @returns whether the browser lets pages keep anything */
export function keep(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(nameOf(key), JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function dropKept(key: string): void {
  try {
    localStorage.removeItem(nameOf(key));
  } catch {}
}
