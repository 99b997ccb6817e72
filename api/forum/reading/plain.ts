const BLOCKS: readonly string[] = ['p', 'blockquote', 'ul', 'ol', 'li'];
/** What may hold a block; an empty name is the post itself. */
const HOLDERS: readonly string[] = ['', 'blockquote', 'ul', 'ol', 'li'];

/** The tags of most posts, letter for letter; after them whatever is no plain text. */
const TAG =
  /<br \/>|<(p|blockquote|ul|ol|li|strong|em|s)>|<(span) class="mention(?: person)?">|<(a) class="entry" href="\/(?:cases|methods)\/[a-z0-9-]+\/">|<\/(p|blockquote|ul|ol|li|strong|em|s|span|a)>|[<>]|&(?!(?:amp|lt|gt);)/g;

/** Beyond, the sanitizer looks at it. */
const DEEPEST = 50;

/**
 * Whether the HTML of a post is so plain that a sanitizer would give it back as it is: nothing but
 * text and a few tags that are known by each of their letters, opened and closed in order.
 */
export function isPlain(html: string): boolean {
  const open: string[] = [];
  for (const [found, tag, span, a, closed] of html.matchAll(TAG)) {
    if (found === '<br />') continue;
    if (closed !== undefined) {
      if (open.pop() !== closed) return false;
      continue;
    }
    const name = tag ?? span ?? a;
    if (name === undefined || open.length >= DEEPEST) return false;
    const within = open.at(-1) ?? '';
    if (BLOCKS.includes(name) && !HOLDERS.includes(within)) return false;
    if (name === 'li' && within === 'li') return false;
    if (name === 'a' && open.includes('a')) return false;
    open.push(name);
  }
  return open.length === 0;
}
