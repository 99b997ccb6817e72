import type { News } from '../../api/salon/contract.ts';

// All in milliseconds.
/** A proxy that keeps events back shows in that the first one does not come. */
const OPENING = 5000;
const POLLING = 15_000;
/** The server ends a stream after ten minutes; one that says nothing for longer is dead. */
const LONGEST = 11 * 60_000;
/** A room of phones must not ask in the same instant. */
const SPREAD = 800;
/** Before a stream is opened again: not all at once after the server was started anew. */
const PAUSE = { least: 1000, more: 3000 };

/** Errors in a row after which the page asks by itself. */
const ERRORS = 2;
/** Then it asks so often before it tries a stream again. */
const POLLS = 8;

/**
 * Calls `onChange` soon after something has changed in the salon, and whenever something may have
 * been missed: when the page opens or is shown again. What has changed is for the page to ask.
 * Without a working stream it is called every 15 seconds.
 * @returns what stops it
 */
export function watch(salonSlug: string, onChange: () => void): () => void {
  let source: EventSource | undefined;
  /** What this page has been told of, or undefined when it may have missed something. */
  let seen: string | undefined;
  let errors = 0;
  let next: ReturnType<typeof setTimeout> | undefined;
  let asking: ReturnType<typeof setTimeout> | undefined;

  const then = (step: () => void, ms: number): void => {
    clearTimeout(next);
    next = setTimeout(step, ms);
  };
  const hush = (): void => {
    source?.close();
    source = undefined;
    clearTimeout(next);
  };
  const askWithin = (spread: number): void => {
    asking ??= setTimeout(() => {
      asking = undefined;
      onChange();
    }, Math.random() * spread);
  };
  const hear = ({ data }: MessageEvent<string>): void => {
    const { version, spread }: News = JSON.parse(data);
    if (version === seen) return;
    seen = version;
    askWithin(spread);
  };
  const openLater = (): void => {
    hush();
    then(open, PAUSE.least + Math.random() * PAUSE.more);
  };

  function open(): void {
    hush();
    if (!('EventSource' in globalThis)) {
      poll();
      return;
    }
    source = new EventSource(`/api/salons/${encodeURIComponent(salonSlug)}/live`);
    then(poll, OPENING);
    source.addEventListener('hello', (event) => {
      errors = 0;
      then(open, LONGEST);
      hear(event);
    });
    source.addEventListener('changed', hear);
    source.addEventListener('bye', openLater);
    source.addEventListener('error', () => {
      errors += 1;
      if (errors < ERRORS) openLater();
      else poll();
    });
  }

  function poll(turn = 1): void {
    hush();
    askWithin(SPREAD);
    then(turn < POLLS ? () => poll(turn + 1) : open, POLLING);
  }

  const rest = (): void => {
    hush();
    clearTimeout(asking);
    asking = undefined;
    seen = undefined;
  };
  const shownOrHidden = (): void => {
    rest();
    if (!document.hidden) open();
  };

  document.addEventListener('visibilitychange', shownOrHidden);
  addEventListener('online', shownOrHidden);
  shownOrHidden();
  return () => {
    rest();
    document.removeEventListener('visibilitychange', shownOrHidden);
    removeEventListener('online', shownOrHidden);
  };
}
