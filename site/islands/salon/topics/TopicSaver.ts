import { Autosave, type Saving as Saved } from '../../../lib/Autosave.ts';
import { ApiProblem, newRequestKey } from '../../../lib/api.ts';
import { type Copy, EMPTY, isSame, type Shelf, type Text } from './copy.ts';

export type Saving = Saved | { readonly state: 'typing' };

export interface Server {
  /** Begins a draft. @returns its id */
  readonly begin: (text: Text, againOf: string | undefined, key: string) => Promise<string>;
  readonly save: (id: string, text: Text) => Promise<void>;
}

export interface Listener {
  readonly onSaving: (saving: Saving) => void;
  readonly onBegun: (id: string) => void;
}

/** In milliseconds. */
const PAUSE = 1500;

/** Saves a topic as it is typed; what the server has not taken stays in the browser. */
export class TopicSaver {
  #copy: Copy;
  #kept = true;
  #touched = false;
  readonly #autosave: Autosave;
  readonly #shelf: Shelf;
  readonly #server: Server;
  readonly #on: Listener;

  constructor(copy: Copy, shelf: Shelf, server: Server, on: Listener) {
    this.#copy = copy;
    this.#shelf = shelf;
    this.#server = server;
    this.#on = on;
    const isSaved = () => this.isSaved;
    const isKept = () => this.#kept;
    const send = () => this.#send();
    this.#autosave = new Autosave({ isSaved, isKept, send }, PAUSE, on.onSaving);
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
    this.#autosave.soon();
  }

  /** Saves now. Rejects never: what came of it is told to the listener. */
  flush(): Promise<void> {
    return this.#autosave.flush();
  }

  /** Unasked: what was only opened is not begun yet. */
  autosave(): void {
    if (this.#touched) this.flush();
  }

  /** Saves no more. Resolves when nothing is on its way. */
  stop(): Promise<void> {
    return this.#autosave.stop();
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
}
