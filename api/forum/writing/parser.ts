import MarkdownIt, { type MarkdownIt as Parser, type StateCore, type Token } from 'markdown-it';
import footnotes from 'markdown-it-footnote';
import { Refused } from '../../core/refused.ts';
import { FORUM } from '../refusals.ts';
import { useLinks } from './links.ts';
import { BACK } from './sanitize.ts';
import { inWords } from './words.ts';

/** Quotes in lists in quotes, so deep; the parser gives up at the next. */
const DEEPEST = 20;

/** A page has its own h1 and h2. */
const headingTag = (tag: string): string => `h${Math.min(6, Number(tag.slice(1)) + 2)}`;

/** An aligned cell says so by a class: a policy forbids styles. */
function classForStyle(cell: Token): void {
  const align = /^text-align:(left|center|right)$/.exec(String(cell.attrGet('style') ?? ''))?.[1];
  cell.attrs = align ? [['class', align]] : null;
}

/** @throws {Refused} tooIntricate */
function settleBlocks({ tokens }: StateCore): void {
  for (const token of tokens) {
    if (token.level >= DEEPEST) throw new Refused(FORUM.tooIntricate);
    if (token.type.startsWith('heading')) token.tag = headingTag(token.tag);
    if (token.tag === 'th' || token.tag === 'td') classForStyle(token);
  }
}

/** The one parser, for posts of any salon: what differs from post to post is in `env`. */
export function createParser(): Parser {
  const md = new MarkdownIt({ html: false, linkify: true, breaks: true, maxNesting: DEEPEST + 4 });
  md.use(footnotes);
  // ^[…]: seldom known, and a way to nest without end.
  md.disable('footnote_inline');
  useLinks(md);
  md.core.ruler.after('block', 'settle_blocks', settleBlocks);
  // Before escaped characters become text again: \@ calls nobody.
  md.core.ruler.before('text_join', 'in_words', inWords);
  const { rules } = md.renderer;
  const { escapeHtml } = md.utils;
  rules['mention'] = (tokens, at) =>
    `<span class="mention">${escapeHtml(tokens[at]?.content ?? '')}</span>`;
  rules['mention_person'] = (tokens, at) =>
    `<span class="mention person">${escapeHtml(tokens[at]?.content ?? '')}</span>`;
  rules['host'] = (tokens, at) =>
    `<span class="host">（${escapeHtml(tokens[at]?.content ?? '')}）</span>`;
  const back = rules['footnote_anchor'];
  rules['footnote_anchor'] = (...given) =>
    (back?.(...given) ?? '').replace('<a ', `<a aria-label="${BACK}" `);
  return md;
}
