import { Autosave, type Saving as Saved } from '../../../lib/Autosave.ts';
import { ApiProblem, newRequestKey } from '../../../lib/api.ts';
import { type Draft, draftFrom, printOf, unfinished } from './draft.ts';
import type { Minutes } from './read.ts';
import type { Copy, Shelf } from './shelf.ts';

/** `stale`: somebody saved meanwhile; `theirs` is what is at the server. */
export type Saving =
  | Saved
  | { readonly state: 'stale'; readonly kept: boolean; readonly theirs: Minutes };

export interface Server {
  /** @returns the new version @throws {ApiProblem} minutesStale among others */
  readonly save: (draft: Draft, version: number, key: string) => Promise<number>;
  readonly read: () => Promise<Minutes>;
}

/** In milliseconds. */
const PAUSE = 2000;

/** Saves minutes as they are typed; never over what somebody else saved, unless told to. */
export class MinutesSaver {
  #draft: Draft;
  #version: number;
  /** `printOf` what the server has. */
  #base: string;
  /** What may be at the server without this page knowing: no answer came. */
  readonly #unanswered = new Set<string>();
  /** The last request, to be sent again as the same one. */
  #sent: { readonly key: string; readonly print: string } | undefined;
  #kept = true;
  #stale = false;
  readonly #autosave: Autosave;
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
    const isSaved = () => this.isSaved;
    const isKept = () => this.#kept;
    const isHeld = () => this.#stale;
    const send = () => this.#send();
    this.#autosave = new Autosave({ isSaved, isKept, isHeld, send }, PAUSE, tell);
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
    return this.isSaved && unfinished(this.#draft) === 0 && !this.#autosave.isRunning;
  }

  /** Goes on with what this browser kept. @param theirs what is at the server now */
  restore({ version, draft }: Copy, theirs: Minutes): void {
    this.#draft = draft;
    if (this.isSaved || version === this.#version) this.type(draft);
    else this.#hold(theirs);
  }

  type(draft: Draft): void {
    this.#draft = draft;
    this.#keep();
    if (!this.#stale) this.#autosave.soon();
  }

  /** Saves now. Rejects never: what came of it is told. */
  flush(): Promise<void> {
    return this.#autosave.flush();
  }

  autosave(): void {
    this.flush();
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

  stop(): Promise<void> {
    return this.#autosave.stop();
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

  async #send(): Promise<void> {
    const draft = this.#draft;
    const print = printOf(draft);
    const key = this.#sent?.print === print ? this.#sent.key : newRequestKey();
    this.#sent = { key, print };
    this.#unanswered.add(print);
    try {
      this.#version = await this.#server.save(draft, this.#version, key);
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'minutesStale') return this.#compare();
      throw error;
    }
    this.#base = print;
    this.#forget();
    this.#keep();
  }

  async #compare(): Promise<void> {
    const theirs = await this.#server.read();
    const print = printOf(draftFrom(theirs));
    // It was I who saved it, and only the answer was lost.
    if (!this.#unanswered.has(print)) return this.#hold(theirs);
    this.#base = print;
    this.#goOnFrom(theirs.version);
  }

  #hold(theirs: Minutes): void {
    this.#stale = true;
    this.#tell({ state: 'stale', kept: this.#kept, theirs });
  }
}
