import type { StateCore, Token } from 'markdown-it';
import type { Entry, Library } from '../../library/names.ts';
import { FOREIGN_REL, hostOf, libraryTitle, PICTURE, withinSite } from './links.ts';
import { type Names, namesOf } from './names.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Whom a name calls. */
export interface Callable {
  readonly ids: readonly string[];
  /** A person's own name, which visitors are not shown; else a unit's. */
  readonly isPerson: boolean;
}

/** What a post may name and show. */
export interface Around {
  readonly library: Library;
  /** Whom it may call: ids by name. Asked for only where there is an @. */
  readonly people: () => Names<Callable>;
  /** The scheme and host of this site: its own addresses lose them. */
  readonly origin?: string | undefined;
  /** What a page of this site that is no page of the library is called. */
  readonly titleOf?: ((path: string) => string | undefined) | undefined;
  /** Of a picture that the post may show; without it all are shown. */
  readonly picture?: ((id: string) => Size | undefined) | undefined;
}

/** What was found in a post, collected as it is rendered. */
export interface Found {
  /** Names called, with whom each means. */
  readonly called: Map<string, readonly string[]>;
  readonly missing: Set<string>;
  readonly pictures: Set<string>;
  /** Addresses of entries that are linked already. */
  readonly entries: Set<string>;
}

export interface Env {
  readonly around: Around;
  readonly found: Found;
}

const FOLDERS = { case: 'cases', method: 'methods' } as const;
const namesOfEntries = new WeakMap<readonly Entry[], Names<string>>();

/** Addresses of cases and methods by their names; made once for each state of the library. */
function entryNames(library: Library): Names<string> {
  const all = library.all();
  let names = namesOfEntries.get(all);
  if (!names) {
    names = namesOf(
      all.flatMap(({ kind, id, name }) =>
        kind === 'theme' ? [] : [[name, `/${FOLDERS[kind]}/${id}/`] as const],
      ),
    );
    namesOfEntries.set(all, names);
  }
  return names;
}

/** One run of text, cut where it names something. */
type Piece =
  | string
  | { readonly entry: string; readonly name: string }
  | { readonly call: string; readonly isPerson: boolean };

/** What somebody may have meant for a name. */
const CALLED = /^[\p{L}\p{N}·]{1,12}/u;
/** An address of mail is no call. */
const BEFORE_CALL = /[\w.+-]/;

interface Where {
  readonly heading: boolean;
  readonly quoted: boolean;
}

function callAt(text: string, at: number, { around, found }: Env, { quoted }: Where) {
  const sign = text[at];
  if ((sign !== '@' && sign !== '＠') || BEFORE_CALL.test(text[at - 1] ?? '')) return undefined;
  const known = around.people().at(text, at + 1);
  if (known) {
    // Whoever is called in what is quoted was called when that was written.
    if (!quoted) found.called.set(known.name, known.value.ids);
    return { call: `@${known.name}`, isPerson: known.value.isPerson };
  }
  const [meant] = CALLED.exec(text.slice(at + 1, at + 40)) ?? [];
  if (meant && !quoted) found.missing.add(meant);
  return undefined;
}

function entryAt(text: string, at: number, { around, found }: Env, { heading }: Where) {
  if (heading) return undefined;
  const known = entryNames(around.library).at(text, at);
  if (!known || found.entries.has(known.value)) return undefined;
  found.entries.add(known.value);
  return { entry: known.value, name: known.name };
}

function cut(text: string, env: Env, where: Where): Piece[] {
  const pieces: Piece[] = [];
  let plain = 0;
  const put = (from: number, length: number, piece: Piece): number => {
    if (from > plain) pieces.push(text.slice(plain, from));
    pieces.push(piece);
    plain = from + length;
    return plain;
  };
  for (let at = 0; at < text.length; ) {
    const call = callAt(text, at, env, where);
    const entry = call ? undefined : entryAt(text, at, env, where);
    if (call) at = put(at, call.call.length, call);
    else if (entry) at = put(at, entry.name.length, entry);
    else at += 1;
  }
  if (plain < text.length) pieces.push(text.slice(plain));
  return pieces;
}

type Make = (type: string, tag: string, nesting: -1 | 0 | 1, content?: string) => Token;

const maker =
  (state: StateCore): Make =>
  (type, tag, nesting, content = '') => {
    const token = new state.Token(type, tag, nesting);
    token.content = content;
    return token;
  };

function opening(make: Make, attrs: Readonly<Record<string, string>>): Token {
  const token = make('link_open', 'a', 1);
  for (const [name, value] of Object.entries(attrs)) token.attrSet(name, value);
  return token;
}

function tokensOf(piece: Piece, make: Make): Token[] {
  if (typeof piece === 'string') return [make('text', '', 0, piece)];
  if ('call' in piece) {
    return [make(piece.isPerson ? 'mention_person' : 'mention', '', 0, piece.call)];
  }
  return [
    opening(make, { href: piece.entry, class: 'entry' }),
    make('text', '', 0, piece.name),
    make('link_close', 'a', -1),
  ];
}

/** A picture of ours, or a link to one elsewhere: a page loads nothing from other sites. */
function settlePicture(image: Token, make: Make, { around, found }: Env, inLink: boolean): Token[] {
  const src = String(image.attrGet('src') ?? '');
  const path = withinSite(src, around.origin);
  const [, id] = PICTURE.exec(path) ?? [];
  if (!id) {
    const text = make('text', '', 0, image.content || src);
    if (inLink) return [text];
    return [...settleLink(opening(make, { href: src }), [text], make, around)];
  }
  found.pictures.add(id);
  const size = around.picture?.(id);
  image.attrs = [
    ['src', path],
    ['alt', ''],
  ];
  if (size) {
    image.attrPush(['width', String(size.width)]);
    image.attrPush(['height', String(size.height)]);
  }
  image.attrPush(['loading', 'lazy']);
  return [image];
}

/** A link as it goes out: where it leads is told, and what stands there if it is ours. */
function settleLink(open: Token, inside: readonly Token[], make: Make, around: Around): Token[] {
  const href = withinSite(String(open.attrGet('href') ?? ''), around.origin);
  const host = hostOf(href);
  const bare = open.info === 'auto';
  open.attrs = [['href', href]];
  if (host) open.attrPush(['rel', FOREIGN_REL]);
  const title = bare && !host ? (libraryTitle(around.library, href) ?? around.titleOf?.(href)) : '';
  const shown = inside.some(({ content, type }) => content !== '' || type === 'image')
    ? inside
    : [make('text', '', 0, href)];
  const close = make('link_close', 'a', -1);
  const told = host && !bare ? [make('host', '', 0, host)] : [];
  return [open, ...(title ? [make('text', '', 0, title)] : shown), close, ...told];
}

function settleInline(children: readonly Token[], make: Make, env: Env, where: Where): Token[] {
  const out: Token[] = [];
  let link: { open: Token; inside: Token[] } | undefined;
  for (const token of children) {
    if (token.type === 'link_open') link = { open: token, inside: [] };
    else if (token.type === 'link_close' && link) {
      out.push(...settleLink(link.open, link.inside, make, env.around));
      link = undefined;
    } else if (token.type === 'image') {
      (link?.inside ?? out).push(...settlePicture(token, make, env, link !== undefined));
    } else if (link) link.inside.push(token);
    else if (token.type === 'text') {
      out.push(...cut(token.content, env, where).flatMap((piece) => tokensOf(piece, make)));
    } else out.push(token);
  }
  return out;
}

/** The rule that puts links on names of the library, calls people, and minds links and pictures. */
export function inWords(state: StateCore): void {
  const env = state.env as unknown as Env;
  const make = maker(state);
  let [quotes, heading] = [0, false];
  for (const { type, nesting, children } of state.tokens) {
    if (type.startsWith('blockquote')) quotes += nesting;
    if (type.startsWith('heading')) heading = nesting === 1;
    if (type !== 'inline' || !children) continue;
    const settled = settleInline(children, make, env, { heading, quoted: quotes > 0 });
    children.splice(0, children.length, ...settled);
  }
}
