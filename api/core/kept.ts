/** Remembers what is dear to make, up to a size; what was not asked for longest goes first. */
export class Kept<T> {
  readonly #most: number;
  readonly #entries = new Map<string, { readonly value: T; readonly size: number }>();
  #size = 0;

  /** @param most sum of sizes */
  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): T | undefined {
    const found = this.#entries.get(key);
    if (!found) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, found);
    return found.value;
  }

  /** @param size as the sum counts it; what alone is too large is not kept */
  set(key: string, value: T, size: number): void {
    this.delete(key);
    if (size > this.#most) return;
    this.#entries.set(key, { value, size });
    this.#size += size;
    for (const oldest of this.#entries.keys()) {
      if (this.#size <= this.#most) return;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const found = this.#entries.get(key);
    if (!found) return;
    this.#size -= found.size;
    this.#entries.delete(key);
  }
}
