import { ApiProblem, newRequestKey } from '../../../lib/api.ts';
import { type Copy, EMPTY, isSame, type Shelf, type Text } from './copy.ts';

export type Saving =
  | { readonly state: 'clean' }
  | { readonly state: 'typing' }
  | { readonly state: 'saving' }
  | { readonly state: 'saved'; readonly at: string }
  /** `kept`: in this browser, until the server takes it. */
  | { readonly state: 'offline'; readonly kept: boolean }
  | { readonly state: 'signedOut'; readonly kept: boolean }
  | { readonly state: 'refused'; readonly kept: boolean; readonly problem: ApiProblem };

export interface Server {
  /** Begins a draft. @returns its id */
  readonly begin: (text: Text, againOf: string | undefined, key: string) => Promise<string>;
  readonly save: (id: string, text: Text) => Promise<void>;
}

export interface Listener {
  readonly onSaving: (saving: Saving) => void;
  readonly onBegun: (id: string) => void;
}

/** All in milliseconds. */
const PAUSE = 1500;
const AGAIN = 15_000;

/**
 * Saves what is typed: in this browser at once, at the server after a pause, one request at a time,
 * again by itself when there was no answer. What the server has not taken stays in the browser.
 */
export class Saver {
  #copy: Copy;
  #kept = true;
  #touched = false;
  #stopped = false;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #shelf: Shelf;
  readonly #server: Server;
  readonly #on: Listener;

  constructor(copy: Copy, shelf: Shelf, server: Server, on: Listener) {
    this.#copy = copy;
    this.#shelf = shelf;
    this.#server = server;
    this.#on = on;
  }

  get id(): string | undefined {
    return this.#copy.id;
  }

  /** Whether the server has all of it. */
  get isSaved(): boolean {
    return isSame(this.#copy.text, this.#copy.base);
  }

  type(text: Text): void {
    this.#touched = true;
    this.#set({ text });
    this.#on.onSaving({ state: 'typing' });
    this.#later(PAUSE);
  }

  /** Saves now. Rejects never: what came of it is told to the listener. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Unasked: what was only opened is not begun yet. */
  autosave(): void {
    if (this.#touched) this.flush();
  }

  /** Saves no more. Resolves when nothing is on its way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Forgets what this browser kept. */
  forget(): void {
    this.#shelf.drop(this.#copy);
  }

  /** A fresh draft of the same text, where the old one can no longer be changed. */
  startAnew(): Promise<void> {
    this.#shelf.drop(this.#copy);
    this.#copy = { text: this.#copy.text, base: EMPTY };
    this.#set({});
    return this.flush();
  }

  #set(change: Partial<Copy>): void {
    this.#copy = { ...this.#copy, ...change };
    if (this.isSaved) this.#shelf.drop(this.#copy);
    else this.#kept = this.#shelf.keep(this.#copy);
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), ms);
  }

  async #run(): Promise<void> {
    if (this.isSaved || this.#stopped) return;
    this.#on.onSaving({ state: 'saving' });
    try {
      while (!this.isSaved && !this.#stopped) await this.#send();
      this.#on.onSaving({ state: 'saved', at: new Date().toISOString() });
    } catch (error) {
      this.#failed(error);
    }
  }

  async #send(): Promise<void> {
    const { id, text } = this.#copy;
    if (id) {
      await this.#server.save(id, text);
      this.#set({ base: text });
    } else {
      await this.#begin();
    }
  }

  async #begin(): Promise<void> {
    const begun = this.#copy.begun ?? { key: newRequestKey(), text: this.#copy.text };
    this.#set({ begun });
    try {
      const id = await this.#server.begin(begun.text, this.#copy.againOf, begun.key);
      this.#shelf.drop(this.#copy);
      this.#set({ id, base: begun.text, begun: undefined });
      this.#on.onBegun(id);
    } catch (error) {
      // An answer came, so that nothing was begun.
      if (error instanceof ApiProblem && error.status !== 0) this.#set({ begun: undefined });
      throw error;
    }
  }

  #failed(error: unknown): void {
    const kept = this.#kept;
    const status = error instanceof ApiProblem ? error.status : 0;
    if (error instanceof ApiProblem && error.code === 'signIn') {
      this.#on.onSaving({ state: 'signedOut', kept });
    } else if (error instanceof ApiProblem && status >= 400 && status < 500 && status !== 429) {
      this.#on.onSaving({ state: 'refused', kept, problem: error });
    } else {
      this.#on.onSaving({ state: 'offline', kept });
      this.#later(AGAIN);
    }
  }
}
