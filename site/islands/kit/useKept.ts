import { useState } from 'preact/hooks';
import { dropKept, keep, readKept } from '../../lib/kept.ts';

/** A text that outlives the page: what was typed is there again, until it is set to ''. */
export function useKept(key: string): [text: string, setText: (text: string) => void] {
  const [text, setText] = useState(() => {
    const kept = readKept(key);
    return typeof kept === 'string' ? kept : '';
  });
  const change = (next: string): void => {
    setText(next);
    if (next === '') dropKept(key);
    else keep(key, next);
  };
  return [text, change];
}
