import { ApiProblem } from './api.ts';

/** What became of what was typed. `kept`: in this browser, until the server takes it. */
export type Saving =
  | { readonly state: 'clean' }
  | { readonly state: 'saving' }
  | { readonly state: 'saved'; readonly at: string }
  | { readonly state: 'offline'; readonly kept: boolean }
  | { readonly state: 'signedOut'; readonly kept: boolean }
  | { readonly state: 'refused'; readonly kept: boolean; readonly problem: ApiProblem };

export interface Work {
  /** Whether the server has all of it. */
  readonly isSaved: () => boolean;
  /** Whether this browser keeps what the server has not. */
  readonly isKept: () => boolean;
  /** Whether the person must decide something before more is sent. */
  readonly isHeld?: () => boolean;
  /** Sends what there is now, once. @throws {ApiProblem} */
  readonly send: () => Promise<void>;
}

/** In milliseconds. */
const AGAIN = 15_000;

/**
 * When to save what is typed: after a pause, one request at a time, again by itself when there was
 * no answer.
 */
export class Autosave {
  #stopped = false;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #work: Work;
  readonly #pause: number;
  readonly #tell: (saving: Saving) => void;

  /** @param pause in milliseconds */
  constructor(work: Work, pause: number, tell: (saving: Saving) => void) {
    this.#work = work;
    this.#pause = pause;
    this.#tell = tell;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Something was typed. */
  soon(): void {
    this.#later(this.#pause);
  }

  /** Saves now. Rejects never: what came of it is told. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Saves no more. Resolves when nothing is on its way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  get #isDue(): boolean {
    return !this.#work.isSaved() && !this.#stopped && !this.#work.isHeld?.();
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), ms);
  }

  async #run(): Promise<void> {
    if (!this.#isDue) return;
    this.#tell({ state: 'saving' });
    try {
      while (this.#isDue) await this.#work.send();
      if (this.#work.isSaved()) this.#tell({ state: 'saved', at: new Date().toISOString() });
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    const kept = this.#work.isKept();
    const problem = error instanceof ApiProblem ? error : undefined;
    if (problem?.code === 'signIn') this.#tell({ state: 'signedOut', kept });
    else if (problem && isRefusal(problem)) this.#tell({ state: 'refused', kept, problem });
    else {
      this.#tell({ state: 'offline', kept });
      this.#later(AGAIN);
    }
  }
}

/** Sent again as it is, it would be refused again. */
const isRefusal = ({ status }: ApiProblem): boolean =>
  status >= 400 && status < 500 && status !== 429;
