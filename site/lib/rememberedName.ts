const NAME = 'yuanzhuo:name';
/** Sent to the window when someone signed in or out here. */
export const NAME_CHANGED = 'yuanzhuo:name-changed';

/** The name of whoever is signed in here, as far as this browser remembers; asks no one. */
export function rememberedName(): string | null {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null;
  }
}

export function rememberName(name: string | null): void {
  try {
    if (name === null) localStorage.removeItem(NAME);
    else localStorage.setItem(NAME, name);
  } catch {}
  dispatchEvent(new Event(NAME_CHANGED));
}
