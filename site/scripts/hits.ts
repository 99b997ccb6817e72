/** Marks what was searched for on the page that was opened from a search (?hit=…). */
export async function markHits(): Promise<void> {
  const query = new URLSearchParams(location.search).get('hit');
  const main = document.querySelector('main');
  if (!query || !main || !('highlights' in CSS)) return;
  const { findRanges, termsOf } = await import('../../api/core/fold.ts');
  const terms = termsOf(query);
  const ranges: Range[] = [];
  for (const block of textBlocks(main)) {
    const text = block.map((node) => node.data).join('');
    for (const [from, to] of findRanges(text, terms)) ranges.push(rangeIn(block, from, to));
  }
  if (ranges.length === 0) return;
  CSS.highlights.set('hits', new Highlight(...ranges));
  const first = ranges.find((range) => range.getClientRects().length > 0)?.startContainer
    .parentElement;
  if (!location.hash) first?.scrollIntoView({ block: 'center' });
}

const INLINE =
  'a, abbr, b, code, del, em, i, ins, kbd, label, mark, q, s, small, span, strong, sub, sup, time, u';

/** Text nodes that read as one text, as the index reads them. */
function textBlocks(root: Element): Text[][] {
  const blocks = new Map<Element, Text[]>();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    let holder = node.parentElement;
    if (!holder || holder.closest('button, nav, script, style, svg')) continue;
    while (holder.matches(INLINE) && holder.parentElement) holder = holder.parentElement;
    blocks.set(holder, [...(blocks.get(holder) ?? []), node as Text]);
  }
  return [...blocks.values()];
}

function rangeIn(block: readonly Text[], from: number, to: number): Range {
  const range = new Range();
  let at = 0;
  for (const node of block) {
    const end = at + node.length;
    if (from >= at && from < end) range.setStart(node, from - at);
    if (to > at && to <= end) range.setEnd(node, to - at);
    at = end;
  }
  return range;
}
