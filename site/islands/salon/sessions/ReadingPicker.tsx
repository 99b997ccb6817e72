import { useEffect, useId, useState } from 'preact/hooks';
import type { Card } from '../../../lib/search/format.ts';
import { engine } from '../../search/engine.ts';
import { type Reading, readingUrl } from './Readings.tsx';

const SHOWN = 8;
/** Milliseconds without typing before the library is asked. */
const PAUSE = 250;

interface Props {
  readonly chosen: readonly Reading[];
  readonly add: (reading: Reading) => void;
}

/** Looks a case or a method up in the library as the site's search does, and adds it. */
export function ReadingPicker({ chosen, add }: Props) {
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const id = useId();
  const { cards, state } = useFound(query.trim(), chosen);
  const pick = (card: Card | undefined) => {
    const reading = card && readingOf(card);
    if (!reading) return;
    add(reading);
    setQuery('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || cards.length === 0) return;
    if (event.key === 'ArrowDown') setActive((active + 1) % cards.length);
    else if (event.key === 'ArrowUp') setActive((active + cards.length - 1) % cards.length);
    else if (event.key === 'Enter') pick(cards[active]);
    else if (event.key === 'Escape') setQuery('');
    else return;
    event.preventDefault();
  };
  return (
    <div class="field reading-picker">
      <label for={id}>加案例或方法</label>
      <input
        id={id}
        type="search"
        role="combobox"
        autocomplete="off"
        placeholder="搜名称、正文或拼音"
        aria-autocomplete="list"
        aria-expanded={cards.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={cards[active] ? `${id}-${active}` : undefined}
        value={query}
        onInput={({ currentTarget }) => {
          setActive(0);
          setQuery(currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label="找到的案例和方法"
        hidden={cards.length === 0}
      >
        {cards.map((card, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox takes the keys for its options
          <div
            key={card.url}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onClick={() => pick(card)}
          >
            <strong>{card.title}</strong>
            <small>{card.kind === 'case' ? `案例 · ${card.meta}` : '方法'}</small>
          </div>
        ))}
      </div>
      <p class="hint" role="status">
        {STATE_WORDS[state]}
      </p>
    </div>
  );
}

const STATE_WORDS = {
  idle: '',
  looking: '正在找…',
  found: '按上下键选，按回车加上；也可以直接点。',
  none: '没有找到。换几个词再试。',
  failed: '没能取到搜索数据，多半是网络断了。',
} as const;

function readingOf({ url, kind }: Card): Reading | undefined {
  const entry = url.split('/')[2];
  return entry && (kind === 'case' || kind === 'method') ? { kind, entry } : undefined;
}

interface Found {
  readonly cards: readonly Card[];
  readonly state: keyof typeof STATE_WORDS;
}
const IDLE: Found = { cards: [], state: 'idle' };

function useFound(query: string, chosen: readonly Reading[]): Found {
  const [found, setFound] = useState<Found>(IDLE);
  useEffect(() => {
    if (!query) {
      setFound(IDLE);
      return undefined;
    }
    let newest = true;
    const show = (next: Found) => newest && setFound(next);
    const timer = setTimeout(() => {
      show({ cards: [], state: 'looking' });
      look(query, new Set(chosen.map(readingUrl))).then(
        (cards) => show({ cards, state: cards.length > 0 ? 'found' : 'none' }),
        () => show({ cards: [], state: 'failed' }),
      );
    }, PAUSE);
    return () => {
      newest = false;
      clearTimeout(timer);
    };
  }, [query, chosen]);
  return found;
}

async function look(query: string, chosen: ReadonlySet<string>): Promise<Card[]> {
  const [{ kinds }, hits] = await Promise.all([engine.directory(), engine.find(query)]);
  const wanted = [kinds.case, kinds.method];
  const pages = hits.filter(({ page }) => wanted.some(([from, to]) => page >= from && page < to));
  const cards = await Promise.all(
    pages.slice(0, SHOWN + chosen.size).map(({ page }) => engine.card(page)),
  );
  return cards.filter(({ url }) => !chosen.has(url)).slice(0, SHOWN);
}
