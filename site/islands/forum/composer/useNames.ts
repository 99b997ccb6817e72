import { useEffect, useRef, useState } from 'preact/hooks';
import { forum } from '../../../lib/forum.ts';
import { type Calling, callingAt, matching } from './mention.ts';

export interface Calls {
  readonly found: readonly string[];
  readonly active: number;
  /** The caret has moved, or something was typed. */
  readonly look: (text: string, caret: number) => void;
  readonly step: (by: number) => void;
  readonly drop: () => void;
  readonly calling: Calling | undefined;
}

/** Whom an @ could mean; asked for when the first @ is typed. */
export function useNames(salon: string): Calls {
  const [names, setNames] = useState<readonly string[]>([]);
  const [calling, setCalling] = useState<Calling>();
  const [active, setActive] = useState(0);
  const asked = useRef(false);
  useEffect(() => {
    if (!calling || asked.current) return;
    asked.current = true;
    forum.names(salon).then(setNames, () => {
      asked.current = false;
    });
  }, [calling]);
  const found = calling ? matching(names, calling.typed) : [];
  // A name typed to its end needs no list.
  const shown = found.length === 1 && found[0] === calling?.typed ? [] : found;
  return {
    found: shown,
    active: Math.min(active, Math.max(0, shown.length - 1)),
    calling,
    look(text, caret) {
      const next = callingAt(text, caret);
      if (next?.typed !== calling?.typed || next?.from !== calling?.from) setActive(0);
      setCalling(next);
    },
    step: (by) => setActive((active + by + shown.length) % shown.length),
    drop: () => setCalling(undefined),
  };
}
