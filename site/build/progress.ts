import type { BuildProgress } from '../../api/archive/contract.ts';

/** What this build tells whoever started it and listens: see api/commands/lib/build.mjs. */
export function tell(message: BuildProgress | { mistake: string }): void {
  if (process.connected) process.send?.(message);
}

/** A build whose starter is gone has nobody to put its pages in place. */
export function endWithStarter(): void {
  process.once('disconnect', () => process.exit(1));
  process.channel?.unref();
}

/** Counts pages as they are rendered, and tells of it a few times a second. */
export class PageCounter {
  #done = 0;
  #told = 0;
  #total = 0;

  begin(total: number): void {
    this.#total = total;
    this.#tell();
  }

  rendered(): void {
    this.#done += 1;
    if (this.#done === this.#total || performance.now() - this.#told > 200) this.#tell();
  }

  #tell(): void {
    this.#told = performance.now();
    tell({ phase: 'rendering', done: this.#done, total: this.#total });
  }
}
