import { Parser } from 'htmlparser2';
import sanitize from 'sanitize-html';
import { FOREIGN_REL, hostOf, isSafe, PICTURE } from './links.ts';

/** Of footnotes: `fn-<token>-2`, `fnref-<token>-2:1`. */
const NOTE_ID = /^fn(?:ref)?-[0-9a-z]{1,20}-\d{1,5}(?::\d{1,5})?$/;
const isNoteLink = (href: string): boolean => href.startsWith('#') && NOTE_ID.test(href.slice(1));

const idOnly: sanitize.Transformer = (tagName, { id = '', ...attribs }) => ({
  tagName,
  attribs: { ...attribs, ...(NOTE_ID.test(id) && { id }) },
});

const link: sanitize.Transformer = (tagName, { href = '', id = '', ...attribs }) => {
  const { class: given, 'aria-label': label } = attribs;
  return {
    tagName,
    attribs: {
      ...(given && { class: given }),
      ...((isSafe(href) || isNoteLink(href)) && { href }),
      ...(NOTE_ID.test(id) && { id }),
      ...(label === BACK && { 'aria-label': label }),
      ...(hostOf(href) && { rel: FOREIGN_REL }),
    },
  };
};

/** What the link back from a footnote is called. */
export const BACK = '回到正文';

const OPTIONS: sanitize.IOptions = {
  allowedTags: [
    ...['p', 'br', 'hr', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'ol', 'li', 'pre', 'code'],
    ...['em', 'strong', 's', 'a', 'img', 'span', 'sup', 'section'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  allowedAttributes: {
    a: ['href', 'rel', 'id', 'aria-label'],
    img: ['src', 'alt', 'width', 'height', 'loading'],
    li: ['id'],
    ol: ['start'],
  },
  allowedClasses: {
    a: ['entry', 'footnote-backref'],
    span: ['mention', 'person', 'host'],
    sup: ['footnote-ref'],
    section: ['footnotes'],
    ol: ['footnotes-list'],
    li: ['footnote-item'],
    th: ['left', 'center', 'right'],
    td: ['left', 'center', 'right'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  nestingLimit: 100,
  transformTags: { a: link, li: idOnly },
  exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !PICTURE.test(attribs['src'] ?? ''),
};

/** What of a post's HTML may reach a page, wherever it came from. */
export const sanitizePost = (html: string): string => sanitize(html, OPTIONS);

/** The same for visitors, who are shown no personal names: whoever is called by name is a member. */
export const withoutNames = (html: string): string =>
  html.replace(/(<span class="mention person">)[^<]*/g, '$1@一位成员');

const BLOCKS = new Set(
  'p br hr h3 h4 h5 h6 blockquote ul ol li pre section table tr th td'.split(' '),
);

/** The words of a post's HTML, a line for each block; marks of footnotes are no words. */
export function textOf(html: string): string {
  let text = '';
  let silent = 0;
  const parser = new Parser({
    onopentag(name, { class: given }) {
      if (silent > 0 || given === 'footnote-ref' || given === 'footnote-backref') silent += 1;
      if (BLOCKS.has(name)) text += '\n';
    },
    onclosetag(name) {
      if (silent > 0) silent -= 1;
      if (BLOCKS.has(name)) text += '\n';
    },
    ontext(data) {
      if (silent === 0) text += data;
    },
  });
  parser.end(html);
  return text.replace(/\s*\n\s*/g, '\n').trim();
}
