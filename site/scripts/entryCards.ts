/** Of /names.json. */
interface Entry {
  readonly kind: 'theme' | 'case' | 'method';
  readonly id: string;
  readonly name: string;
  readonly gist: string;
}

/** A hand that only passes over a link wants no card; one that is on its way to the card keeps it. */
const PAUSE = { open: 180, close: 220 };
/** Between link and card, and between card and the edge of the window. Pixels. */
const GAP = 6;
const EDGE = 8;

const KINDS: Record<Entry['kind'], string> = { theme: '主题', case: '案例', method: '方法' };
const FOLDERS: Record<Entry['kind'], string> = {
  theme: 'themes',
  case: 'cases',
  method: 'methods',
};
const ID = 'entry-card';

let names: Promise<Map<string, Entry>> | undefined;

/** What the library calls its pages, by address; fetched once, when it is first needed. */
function entriesByPath(): Promise<Map<string, Entry>> {
  names ??= fetch('/names.json').then(async (response) => {
    if (!response.ok) throw new Error(`names.json: ${response.status}`);
    const entries: Entry[] = await response.json();
    return new Map(entries.map((entry) => [`/${FOLDERS[entry.kind]}/${entry.id}/`, entry]));
  });
  names.catch(() => {
    names = undefined;
  });
  return names;
}

function cardOf({ kind, name, gist }: Entry): HTMLElement {
  const card = document.createElement('div');
  card.id = ID;
  card.className = 'entry-card';
  card.setAttribute('role', 'tooltip');
  const [title, of, text] = ['strong', 'small', 'p'].map((tag) => document.createElement(tag));
  title?.append(name);
  of?.append(KINDS[kind]);
  text?.append(gist);
  card.append(of ?? '', title ?? '', text ?? '');
  return card;
}

/** Below the link's first line, or above it where there is no room, and within the window. */
function place(card: HTMLElement, link: Element): void {
  const at = link.getClientRects()[0];
  if (!at) return;
  const { offsetWidth, offsetHeight } = card;
  const { clientWidth, clientHeight } = document.documentElement;
  const below = at.bottom + GAP + offsetHeight <= clientHeight || at.top < offsetHeight + GAP;
  const x = Math.max(EDGE, Math.min(at.left, clientWidth - offsetWidth - EDGE));
  const y = below ? at.bottom + GAP : at.top - GAP - offsetHeight;
  card.style.translate = `${x + scrollX}px ${y + scrollY}px`;
}

const linkOf = (target: EventTarget | null): HTMLAnchorElement | null =>
  target instanceof Element ? target.closest<HTMLAnchorElement>('a.entry') : null;

/**
 * Shows the gist of a case or method when the pointer rests on its link in a post, or the keyboard
 * comes to it. A finger only follows the link. Esc takes the card away; it can be pointed at.
 */
export function followEntries(): void {
  let shown: { link: HTMLAnchorElement; card: HTMLElement } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const hide = () => {
    clearTimeout(timer);
    shown?.card.remove();
    shown?.link.removeAttribute('aria-describedby');
    shown = undefined;
  };
  const then = (step: () => void, ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(step, ms);
  };
  const show = async (link: HTMLAnchorElement, isWanted: () => boolean) => {
    // Without its gist the link is a link.
    const entry = (await entriesByPath().catch(() => undefined))?.get(link.pathname);
    if (!entry || !isWanted() || !link.isConnected) return;
    hide();
    const card = cardOf(entry);
    document.body.append(card);
    place(card, link);
    link.setAttribute('aria-describedby', ID);
    shown = { link, card };
  };

  document.addEventListener('pointerover', ({ target, pointerType }) => {
    if (pointerType === 'touch') return;
    const link = linkOf(target);
    if (link && link !== shown?.link)
      then(() => show(link, () => link.matches(':hover')), PAUSE.open);
    else if (link || (target instanceof Node && shown?.card.contains(target))) clearTimeout(timer);
    else if (shown && !shown.link.matches(':focus-visible')) then(hide, PAUSE.close);
    else clearTimeout(timer);
  });
  document.addEventListener('focusin', ({ target }) => {
    const link = linkOf(target);
    if (link?.matches(':focus-visible')) show(link, () => document.activeElement === link);
  });
  document.addEventListener('focusout', ({ target }) => {
    if (shown && linkOf(target) === shown.link) hide();
  });
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') hide();
  });
}
