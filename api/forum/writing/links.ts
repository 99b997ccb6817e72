import type { MarkdownIt } from 'markdown-it';
import type { Library } from '../../library/names.ts';

/**
 * What a link may point to: the web, mail, a telephone, a page of this site, a post by number.
 * Browsers skip a tab between two slashes.
 */
const SAFE = /^(?:https?:\/\/|mailto:[^\s]|tel:\+?[\d-]+$|\/(?![/\\\s])|#\d{1,7}$)/i;
const WEB = /^https?:/i;
export const PICTURE = /^\/api\/pictures\/([0-9a-z]{20})$/;
/** The same wherever it stands in a Markdown text. */
export const PICTURES = /\/api\/pictures\/([0-9a-z]{20})/g;
export const FOREIGN_REL = 'nofollow ugc noopener noreferrer';

/** Whether a link may lead there. A name before the host makes one site look like another. */
export function isSafe(href: string): boolean {
  if (!SAFE.test(href)) return false;
  if (!WEB.test(href)) return true;
  const url = URL.parse(href);
  return url !== null && url.username === '' && url.password === '';
}

/** The host of a link to another site. */
export const hostOf = (href: string): string | undefined =>
  WEB.test(href) ? URL.parse(href)?.host : undefined;

/** An address of this site without its scheme and host; any other as it is. */
export const withinSite = (href: string, origin: string | undefined): string =>
  origin && (href === origin || href.startsWith(`${origin}/`))
    ? href.slice(origin.length) || '/'
    : href;

const KINDS = { themes: 'theme', cases: 'case', methods: 'method' } as const;

/** What a page of the library is called. */
export function libraryTitle(library: Library, path: string): string | undefined {
  const [, folder, id] = /^\/(themes|cases|methods)\/([0-9a-z-]+)\/?$/.exec(path) ?? [];
  return folder && id && library.find(KINDS[folder as keyof typeof KINDS], id)?.name;
}

/** Within an address no character but these, so that it ends where Chinese goes on without a space. */
const TYPED = /\/\/[\w.-]+(?::\d{1,5})?(?:[/?#][\w.~:/?#@!$&'()*+,;=%-]*)?/y;
/** Where an address ends these belong to the sentence around it. */
const TRAILING = /[.,;:!?'*_~&)]/;

/** @returns the length of the address that goes on at `from`, after its scheme; 0 if none does */
function typedLength(text: string, from: number): number {
  TYPED.lastIndex = from;
  const [found = ''] = TYPED.exec(text) ?? [];
  let end = found.length;
  let open = found.split('(').length - found.split(')').length;
  while (end > 2 && TRAILING.test(found[end - 1] ?? '')) {
    if (found[end - 1] === ')') {
      if (open >= 0) break;
      open += 1;
    }
    end -= 1;
  }
  return end > 2 ? end : 0;
}

/** Makes links of http and https addresses as typed, and of nothing else. */
export function useLinks(md: MarkdownIt): void {
  md.validateLink = isSafe;
  // An address is shown as it is, not with other letters that look alike.
  md.normalizeLinkText = (url) => url;
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  for (const schema of ['ftp:', '//', 'mailto:']) md.linkify.add(schema, null);
  for (const schema of ['http:', 'https:']) md.linkify.add(schema, { validate: typedLength });
}
