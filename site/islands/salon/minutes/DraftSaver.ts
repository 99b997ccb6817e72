import { ApiProblem, newRequestKey } from '../../../lib/api.ts';
import { type Draft, draftFrom, printOf, unfinished } from './draft.ts';
import type { Minutes } from './read.ts';
import type { Copy, Shelf } from './shelf.ts';

export type Saving =
  | { readonly state: 'clean' }
  | { readonly state: 'saving' }
  | { readonly state: 'saved'; readonly at: string }
  /** `kept`: in this browser, until the server takes it. */
  | { readonly state: 'offline'; readonly kept: boolean }
  | { readonly state: 'signedOut'; readonly kept: boolean }
  | { readonly state: 'refused'; readonly kept: boolean; readonly problem: ApiProblem }
  /** Somebody saved meanwhile; `theirs` is what is at the server. */
  | { readonly state: 'stale'; readonly kept: boolean; readonly theirs: Minutes };

export interface Server {
  /** @returns the new version @throws {ApiProblem} minutesStale among others */
  readonly save: (draft: Draft, version: number, key: string) => Promise<number>;
  readonly read: () => Promise<Minutes>;
}

/** In milliseconds. */
const PAUSE = 2000;
const AGAIN = 15_000;

/**
 * Saves what is typed: in this browser at once, at the server after a pause, one request at a time,
 * again by itself when there was no answer. Never over what somebody else saved, unless told to.
 */
export class DraftSaver {
  #draft: Draft;
  #version: number;
  /** `printOf` what the server has. */
  #base: string;
  /** What may be at the server without this page knowing: no answer came. */
  readonly #unanswered = new Set<string>();
  /** The last request, to be sent again as the same one. */
  #sent: { readonly key: string; readonly print: string } | undefined;
  #kept = true;
  #stopped = false;
  #stale = false;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #shelf: Shelf;
  readonly #server: Server;
  readonly #tell: (saving: Saving) => void;

  constructor(stored: Minutes, shelf: Shelf, server: Server, tell: (saving: Saving) => void) {
    this.#draft = draftFrom(stored);
    this.#version = stored.version;
    this.#base = printOf(this.#draft);
    this.#shelf = shelf;
    this.#server = server;
    this.#tell = tell;
  }

  get draft(): Draft {
    return this.#draft;
  }

  get version(): number {
    return this.#version;
  }

  /** Whether the server has all of it. */
  get isSaved(): boolean {
    return printOf(this.#draft) === this.#base;
  }

  /** Nothing would be lost by taking in what is at the server. */
  get isResting(): boolean {
    return this.isSaved && unfinished(this.#draft) === 0 && this.#running === undefined;
  }

  /** Goes on with what this browser kept. @param theirs what is at the server now */
  restore({ version, draft }: Copy, theirs: Minutes): void {
    this.#draft = draft;
    if (this.isSaved || version === this.#version) this.type(draft);
    else this.#stop(theirs);
  }

  type(draft: Draft): void {
    this.#draft = draft;
    this.#keep();
    if (this.#stale) return;
    this.#later(PAUSE);
  }

  /** Saves now. Rejects never: what came of it is told. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Goes on from what somebody else saved; what was typed here is let go. */
  take(theirs: Minutes): void {
    this.#draft = draftFrom(theirs);
    this.#base = printOf(this.#draft);
    this.#goOnFrom(theirs.version);
    this.#tell({ state: 'clean' });
  }

  /** Puts what was typed here over what somebody else saved. */
  putOver(theirs: Minutes): Promise<void> {
    this.#base = printOf(draftFrom(theirs));
    this.#goOnFrom(theirs.version);
    return this.flush();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #goOnFrom(version: number): void {
    this.#version = version;
    this.#forget();
    this.#stale = false;
    this.#keep();
  }

  #forget(): void {
    this.#sent = undefined;
    this.#unanswered.clear();
  }

  #keep(): void {
    if (this.isSaved && unfinished(this.#draft) === 0) this.#shelf.drop();
    else this.#kept = this.#shelf.keep({ version: this.#version, draft: this.#draft });
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), ms);
  }

  async #run(): Promise<void> {
    if (this.isSaved || this.#stopped || this.#stale) return;
    this.#tell({ state: 'saving' });
    await this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    try {
      while (!this.isSaved && !this.#stopped) await this.#send();
      this.#tell({ state: 'saved', at: new Date().toISOString() });
    } catch (error) {
      await this.#failed(error);
    }
  }

  async #send(): Promise<void> {
    const draft = this.#draft;
    const print = printOf(draft);
    const key = this.#sent?.print === print ? this.#sent.key : newRequestKey();
    this.#sent = { key, print };
    this.#unanswered.add(print);
    this.#version = await this.#server.save(draft, this.#version, key);
    this.#base = print;
    this.#forget();
    this.#keep();
  }

  async #failed(error: unknown): Promise<void> {
    const kept = this.#kept;
    const { status, code } =
      error instanceof ApiProblem ? error : { status: 0, code: 'offline' as const };
    if (code === 'signIn') this.#tell({ state: 'signedOut', kept });
    else if (code === 'minutesStale') await this.#compare();
    else if (error instanceof ApiProblem && status >= 400 && status < 500 && status !== 429) {
      this.#tell({ state: 'refused', kept, problem: error });
    } else {
      this.#tell({ state: 'offline', kept });
      this.#later(AGAIN);
    }
  }

  async #compare(): Promise<void> {
    try {
      const theirs = await this.#server.read();
      const print = printOf(draftFrom(theirs));
      // It was I who saved it, and only the answer was lost.
      if (this.#unanswered.has(print)) {
        this.#base = print;
        this.#goOnFrom(theirs.version);
        await this.#sendAll();
      } else this.#stop(theirs);
    } catch (error) {
      await this.#failed(error);
    }
  }

  #stop(theirs: Minutes): void {
    this.#stale = true;
    this.#tell({ state: 'stale', kept: this.#kept, theirs });
  }
}
