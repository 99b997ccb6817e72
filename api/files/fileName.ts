import { KINDS, type Kind } from './contract.ts';

/** Characters of a whole name, with its extension. */
export const NAME_LIMIT = 80;
const NAMELESS = '未命名';

/** Control and direction characters, half characters, breaks: unseen, and able to mislead. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** What Windows does not take in a name. */
const FORBIDDEN = /[<>:"|?*]/g;
/** Devices of Windows, whatever stands behind the first dot. */
const RESERVED = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$) *(?:\.|$)/i;
const EXTENSION = new RegExp(`\\.(?:jpeg|${Object.keys(KINDS).join('|')})$`, 'i');

/** No dots or blanks at either end: hidden files, and what Windows cuts off. */
const trimmed = (text: string): string => text.replace(/^[\s.]+|[\s.]+$/gu, '');

/**
 * A name to show and to save under: one line, no path, ending as its content is. The extension of
 * another accepted kind goes; any other stays as part of the name (`a.exe` becomes `a.exe.pdf`).
 * @param given by whoever sent the file: anything
 */
export function displayName(given: string, kind: Kind): string {
  const line = given
    .replace(/\s/gu, ' ')
    .replace(UNSEEN, '')
    .normalize('NFC')
    .replace(/\s+/gu, ' ');
  const last = line.split(/[\\/]/).at(-1) ?? '';
  const stem = trimmed(last.replace(FORBIDDEN, '_').trim().replace(EXTENSION, ''));
  const free = RESERVED.test(stem) ? `_${stem}` : stem;
  const room = NAME_LIMIT - kind.length - 1;
  return `${trimmed([...free].slice(0, room).join('')) || NAMELESS}.${kind}`;
}

/** The characters that RFC 8187 wants escaped and encodeURIComponent leaves. */
const escaped = (text: string): string =>
  encodeURIComponent(text).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/**
 * Content-Disposition by RFC 6266: to be saved, never shown. The plain name is for programs that do
 * not know the other.
 * @param name as `displayName` makes it
 */
export function contentDisposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/gu, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${escaped(name.toWellFormed())}`;
}
