/** Finds which of many names stands at a place in a text; of several the longest. */
export interface Names<T> {
  at(text: string, from: number): { readonly name: string; readonly value: T } | undefined;
}

const WORD = /[0-9A-Za-z]/;

/** Whether the text would be cut within a Latin word or a number there. */
const splitsWord = (text: string, at: number): boolean =>
  WORD.test(text[at - 1] ?? '') && WORD.test(text[at] ?? '');

/** Of two entries with one name the first counts. */
export function namesOf<T>(entries: Iterable<readonly [name: string, value: T]>): Names<T> {
  const values = new Map<string, T>();
  for (const [name, value] of entries) {
    if (name !== '' && !values.has(name)) values.set(name, value);
  }
  const lengths = [...new Set([...values.keys()].map((name) => name.length))].sort((a, b) => b - a);
  const firsts = new Set([...values.keys()].map((name) => name[0]));
  return {
    at(text, from) {
      if (!firsts.has(text[from]) || splitsWord(text, from)) return undefined;
      for (const length of lengths) {
        const name = text.slice(from, from + length);
        const value = values.get(name);
        if (value !== undefined && name.length === length && !splitsWord(text, from + length)) {
          return { name, value };
        }
      }
      return undefined;
    },
  };
}
