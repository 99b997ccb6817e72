import { Parser } from 'htmlparser2';
import { KINDS, type PageKind } from './format.ts';

/** What the index needs of a built page, read from the page itself: what is shown is what is found. */
export interface Extract {
  kind: PageKind;
  title: string;
  names: string[];
  gist: string;
  meta: string;
  /** One string a block, in reading order. */
  text: string[];
  /** facet → values */
  facets: Record<string, string[]>;
  /** Reading of the first name where the usual one is wrong, syllables parted by spaces. */
  pinyin: string | undefined;
}

/** Elements that stand within a line; all others end the block before and after them. */
const INLINE = new Set(
  'a abbr b code del em i ins kbd label mark q s small span strong sub sup time u wbr'.split(' '),
);
/** Controls and pictures within a line, and what is never shown. */
const SILENT = new Set('button input noscript script select style svg template'.split(' '));

/**
 * Reads the part of `html` inside the element with `data-page`; undefined when there is none.
 * `data-name`, `data-gist`, `data-facet="facet:value"` and `data-nosearch` mark their elements.
 */
export function extract(html: string): Extract | undefined {
  let page: Extract | undefined;
  /** Depth inside the page element, and inside a part that is not read. */
  let depth = 0;
  let unread = 0;
  let block = '';
  const capturing: { role: 'title' | 'name' | 'gist'; depth: number; text: string }[] = [];

  const endBlock = () => {
    const text = block.replace(/\s+/g, ' ').trim();
    if (text) page?.text.push(text);
    block = '';
  };

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (depth === 0) {
          const kind = KINDS.find((one) => one === attributes['data-page']);
          if (!kind) return;
          const { 'data-meta': meta = '', 'data-pinyin': pinyin } = attributes;
          page = { kind, title: '', names: [], gist: '', meta, text: [], facets: {}, pinyin };
          depth = 1;
          return;
        }
        if (VOID.has(name)) {
          if (unread === 0 && (name === 'br' || name === 'hr')) endBlock();
          return;
        }
        depth += 1;
        if (unread === 0 && !INLINE.has(name) && !SILENT.has(name)) endBlock();
        if (unread > 0 || SILENT.has(name) || name === 'nav' || 'data-nosearch' in attributes) {
          unread += 1;
          return;
        }
        addFacet(page, attributes['data-facet']);
        if (name === 'h1') capturing.push({ role: 'title', depth, text: '' });
        if ('data-name' in attributes) capturing.push({ role: 'name', depth, text: '' });
        if ('data-gist' in attributes) capturing.push({ role: 'gist', depth, text: '' });
      },
      ontext(text) {
        if (depth === 0 || unread > 0) return;
        block += text;
        for (const part of capturing) part.text += text;
      },
      onclosetag(name) {
        if (depth === 0 || VOID.has(name)) return;
        if (unread > 0) {
          unread -= 1;
        } else {
          if (!INLINE.has(name)) endBlock();
          while (capturing.at(-1)?.depth === depth) keep(page, capturing.pop());
        }
        depth -= 1;
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return page;
}

const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));

function addFacet(page: Extract | undefined, facet: string | undefined): void {
  const [name, value] = facet?.split(/:(.*)/s) ?? [];
  if (!page || !name || !value) return;
  const values = page.facets[name] ?? [];
  if (!values.includes(value)) page.facets[name] = [...values, value];
}

function keep(page: Extract | undefined, part: { role: string; text: string } | undefined): void {
  const text = part?.text.replace(/\s+/g, ' ').trim();
  if (!page || !text) return;
  if (part?.role === 'title') page.title = text;
  else if (part?.role === 'name') page.names.push(text);
  else page.gist = text;
}
