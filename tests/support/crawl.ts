import { Parser } from 'htmlparser2';

/** A page as a crawler reads it. */
export interface Crawled {
  readonly status: number;
  readonly type: string;
  readonly lang: string;
  readonly title: string;
  readonly csp: string;
  readonly description: string;
  readonly canonical: string;
  /** `href` and `src` as written. */
  readonly links: readonly string[];
  readonly ids: ReadonlySet<string>;
}

/** Reads one address of the site; what is no HTML has no links. Rejects when nobody answers. */
export async function read(address: URL): Promise<Crawled> {
  const response = await fetch(address, { redirect: 'manual' });
  const type = response.headers.get('content-type') ?? '';
  const text = await response.text();
  const found = { lang: '', title: '', csp: '', description: '', canonical: '' };
  const links: string[] = [];
  const ids = new Set<string>();
  let inTitle = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      const { id, href, src, content = '' } = attributes;
      if (id) ids.add(id);
      for (const link of [href, src]) if (link !== undefined) links.push(link);
      if (name === 'html') found.lang = attributes['lang'] ?? '';
      if (name === 'title' && !found.title) inTitle = true;
      if (name === 'link' && attributes['rel'] === 'canonical') found.canonical = href ?? '';
      if (name !== 'meta') return;
      if (attributes['http-equiv']?.toLowerCase() === 'content-security-policy')
        found.csp = content;
      if (attributes['name'] === 'description') found.description = content;
    },
    ontext(part) {
      if (inTitle) found.title += part;
    },
    onclosetag(name) {
      if (name === 'title') inTitle = false;
    },
  });
  if (type.startsWith('text/html')) parser.end(text);
  return { status: response.status, type, links, ids, ...found };
}

/** Follows every link within the site from its front page; the keys are paths. */
export async function crawl(origin: string): Promise<Map<string, Crawled>> {
  const pages = new Map<string, Crawled>();
  const waiting = ['/'];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const page = await read(new URL(path, origin));
    pages.set(path, page);
    for (const link of page.links) {
      const target = new URL(link, new URL(path, origin));
      if (target.origin !== origin || pages.has(target.pathname)) continue;
      if (!waiting.includes(target.pathname)) waiting.push(target.pathname);
    }
  }
  return pages;
}
