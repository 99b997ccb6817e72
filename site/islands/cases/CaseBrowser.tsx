import { useEffect, useState } from 'preact/hooks';
import { CaseCard } from '../../components/CaseCard.tsx';
import { CARDS, type Card } from '../../lib/search/format.ts';
import { engine } from '../search/engine.ts';
import { FilterBar } from '../search/FilterBar.tsx';
import {
  type Choice,
  type FacetKey,
  narrow,
  type Option,
  optionsOf,
  readChoice,
  writeChoice,
} from '../search/filters.ts';

interface Props {
  /** The newest cases, drawn at build time. */
  first: Card[];
  total: number;
}

interface Shown {
  cards: Card[];
  total: number;
  options: Record<FacetKey, Option[]> | undefined;
}

/** All cases, narrowed by facets. What is chosen stands in the address, so it can be sent on. */
export function CaseBrowser({ first, total }: Props) {
  const [choice, setChoice] = useState<Choice>({});
  const [most, setMost] = useState(CARDS);
  const [shown, setShown] = useState<Shown>({ cards: first, total, options: undefined });
  const [failed, setFailed] = useState(false);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const follow = () => {
      const chosen = readChoice(new URLSearchParams(location.search));
      setChoice(chosen);
      if (Object.keys(chosen).length > 0) setOpen(true);
    };
    follow();
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  useEffect(() => {
    let newest = true;
    load(choice, most).then(
      (next) => newest && setShown(next),
      () => newest && setFailed(true),
    );
    return () => {
      newest = false;
    };
  }, [choice, most]);

  const choose = (next: Choice) => {
    const query = writeChoice(next).toString();
    history.pushState(null, '', query ? `?${query}` : location.pathname);
    setMost(CARDS);
    setChoice(next);
  };

  return (
    <div class="browser">
      {shown.options && (
        <details class="facets" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>筛选</summary>
          <FilterBar options={shown.options} choice={choice} onChange={choose} />
        </details>
      )}
      {failed && (
        <p class="notice" role="alert">
          没能取到筛选用的数据，多半是网络断了。下面是全部案例里最新的一些，稍后再试。
        </p>
      )}
      <p class="browser-total" role="status">
        {shown.total} 个案例
      </p>
      {shown.total === 0 && (
        <p class="notice">
          没有同时符合这些条件的案例。去掉一个条件，或到<a href="/problems/">我遇到的问题</a>
          里找方法。
        </p>
      )}
      <ul class="cards">
        {shown.cards.map((card) => (
          <li key={card.url}>
            <CaseCard card={card} />
          </li>
        ))}
      </ul>
      {shown.total > shown.cards.length && (
        <button type="button" class="button" onClick={() => setMost(most + CARDS)}>
          再看一些（还有 {shown.total - shown.cards.length} 个）
        </button>
      )}
    </div>
  );
}

async function load(choice: Choice, most: number): Promise<Shown> {
  const [{ kinds }, facets] = await Promise.all([engine.directory(), engine.facets()]);
  const [from, to] = kinds.case;
  const all = Array.from({ length: to - from }, (_, index) => from + index);
  const left = narrow(all, choice, facets);
  return {
    cards: await Promise.all(left.slice(0, most).map((page) => engine.card(page))),
    total: left.length,
    options: optionsOf(all, choice, facets),
  };
}
