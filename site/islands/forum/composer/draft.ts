import { newRequestKey } from '../../../lib/api.ts';
import { forum } from '../../../lib/forum.ts';
import { dropKept, keep, readKept } from '../../../lib/kept.ts';

export interface Text {
  readonly title: string;
  readonly source: string;
}

/** Whose text it is and where it is going: `new`, `reply <thread>` or `edit <thread> <n>`. */
export interface DraftPlace {
  readonly salon: string;
  readonly person: string;
  readonly place: string;
}

const isText = (value: unknown): value is Text =>
  typeof value === 'object' &&
  value !== null &&
  'title' in value &&
  typeof value.title === 'string' &&
  'source' in value &&
  typeof value.source === 'string';

/** A draft as this browser keeps it, at once, and the server, for the other devices. */
export interface DraftShelf {
  readonly read: () => Text | undefined;
  /** @returns whether the browser lets pages keep anything */
  readonly keep: (text: Text) => boolean;
  readonly send: (text: Text) => Promise<unknown>;
  readonly fetch: () => Promise<Text>;
  /** It has been posted. The server's copy goes too; if that fails, it is offered once more. */
  readonly drop: () => void;
}

export function draftShelf({ salon, person, place }: DraftPlace): DraftShelf {
  const key = `forum:${person}:${salon}:${place}`;
  return {
    read() {
      const value = readKept(key);
      return isText(value) ? value : undefined;
    },
    keep: (text) => keep(key, text),
    send: (text) => forum.keepDraft(salon, place, text, newRequestKey()),
    fetch: () => forum.draft(salon, place),
    drop() {
      dropKept(key);
      forum.dropDraft(salon, place, newRequestKey()).catch(() => {});
    },
  };
}

export const isEmpty = ({ title, source }: Text): boolean => title === '' && source.trim() === '';
export const isSame = (a: Text, b: Text): boolean => a.title === b.title && a.source === b.source;
