import { Refused } from '../core/refused.ts';
import { FILES } from './refusals.ts';

/** A name as a PDF may write it: each letter as itself or as # and its code. */
const name = (text: string): string =>
  `/${[...text].map((letter) => `(?:${letter}|#${hex(letter)})`).join('')}`;

const hex = (letter: string): string => {
  const code = letter.charCodeAt(0).toString(16);
  return code.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
};

const ACTIVE = new RegExp(
  ['JavaScript', 'Launch', 'EmbeddedFile', 'RichMedia'].map(name).join('|'),
);
/** With the value that follows: three bytes alone also turn up by chance in a large picture. */
const SCRIPT = new RegExp(
  `${name('JS')}\\s*(?:\\([\\x20-\\x7e\\r\\n]{3}|<[0-9A-Fa-f]{2}|\\d+\\s+\\d+\\s+R)`,
);

const HEAD = '%PDF-';
const TAIL = '%%EOF';
/** Readers look for the end in this many last bytes. */
const TAIL_WITHIN = 1024;

/**
 * A whole PDF, and nothing active in plain sight: scripts, commands to start, files inside, with
 * their names' letters escaped or not. What is packed in object streams or encrypted is not seen;
 * that a reader's own program asks before it acts, and that files come from people known by name,
 * has to do for it.
 * @throws {Refused} fileUnreadable, fileActivePdf
 */
export function checkPdf(bytes: Buffer): void {
  const head = bytes.toString('latin1', 0, HEAD.length);
  const tail = bytes.toString('latin1', Math.max(0, bytes.length - TAIL_WITHIN));
  if (head !== HEAD || !tail.includes(TAIL)) throw new Refused(FILES.fileUnreadable);
  const text = bytes.toString('latin1');
  if (ACTIVE.test(text) || SCRIPT.test(text)) throw new Refused(FILES.fileActivePdf);
}
