import { randomBytes, randomInt } from 'node:crypto';

/** Crockford's 32 letters and digits: none is taken for another. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
/** The same without 0 and 1, which people take for letters. */
const SPOKEN = LETTERS.slice(2);

/** A name for a row: 100 random bits, in no sequence, safe in an address. */
export function newId(): string {
  return Array.from(randomBytes(20), (byte) => LETTERS[byte & 31]).join('');
}

/** A code to be read out or typed, in groups of four: `k7mq-29xd`. 4.9 bits a character. */
export function newCode(groups: number): string {
  const group = () => Array.from({ length: 4 }, () => SPOKEN[randomInt(SPOKEN.length)]).join('');
  return Array.from({ length: groups }, group).join('-');
}

/** A code as it was typed or pasted, without its dashes, spaces and capitals. */
export const canonicalCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '');
