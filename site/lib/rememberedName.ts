const NAME = 'yuanzhuo:name';

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
}
