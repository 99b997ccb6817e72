import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Page, PageKind } from '../../lib/search/format.ts';
import { engine } from './engine.ts';
import { FilterBar } from './FilterBar.tsx';
import type { Choice } from './filters.ts';
import { ResultList } from './ResultList.tsx';
import { forgetSearches, recentSearches, rememberSearch } from './recent.ts';
import { countOf, TalkList } from './TalkList.tsx';
import { SHOWN, useSearch } from './useSearch.ts';
import { useTalk } from './useTalk.ts';

interface Props {
  /** What is in the box at first. */
  initial?: string;
  /** Only pages of this kind. */
  kind?: PageKind;
  /** Called instead of opening a result. */
  onPick?: ((page: Page) => void) | undefined;
}

/** The search box with its results: in the dialog, on the search page and on the 404 page. */
export function SearchBox({ initial = '', kind: fixedKind, onPick }: Props) {
  const [query, setQuery] = useState(initial);
  const [kind, setKind] = useState<PageKind | undefined>(fixedKind);
  const [choice, setChoice] = useState<Choice>({});
  const [filtering, setFiltering] = useState(false);
  const [most, setMost] = useState(SHOWN);
  const [active, setActive] = useState(0);
  const [attempt, setAttempt] = useState(0);
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const state = useSearch({ query, kind, choice, filtering, most, attempt });
  // What an older query found is no answer to this one.
  const results = typeof state === 'object' && state.query === query ? state : undefined;
  // Whoever picks a page has no use for posts.
  const withTalk = !onPick && !fixedKind;
  const { talk, again, more } = useTalk(query, withTalk && results !== undefined);
  const [talkOnly, setTalkOnly] = useState(false);
  const pages = talkOnly ? [] : (results?.shown ?? []);

  useEffect(() => {
    input.current?.focus();
    // The directory is on its way before the first character is typed.
    engine.directory().catch(() => {});
    // Preact would listen for “CompositionEnd”, which no browser sends.
    const composed = () => setQuery(input.current?.value ?? '');
    input.current?.addEventListener('compositionend', composed);
    return () => input.current?.removeEventListener('compositionend', composed);
  }, []);
  useEffect(() => {
    setActive(0);
    setMost(SHOWN);
  }, [query, kind, choice]);

  const ask = (text: string) => {
    setQuery(text);
    if (input.current) input.current.value = text;
    input.current?.focus();
  };
  const open = (page: Page) => {
    rememberSearch(query.trim());
    if (onPick) onPick(page);
    else location.assign(`${page.url}?hit=${encodeURIComponent(query.trim())}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const count = pages.length;
    if (event.isComposing || count === 0) return;
    if (event.key === 'ArrowDown') setActive((active + 1) % count);
    else if (event.key === 'ArrowUp') setActive((active + count - 1) % count);
    else if (event.key === 'Enter') {
      const page = pages[active];
      if (page) open(page);
    } else return;
    event.preventDefault();
  };

  return (
    <div class="search-box" role="search">
      <div class="search-line">
        <input
          ref={input}
          type="search"
          role="combobox"
          aria-label="搜索案例、方法和沙龙"
          aria-expanded={pages.length > 0}
          aria-controls={list}
          aria-activedescendant={pages[active] ? `${list}-${active}` : undefined}
          aria-autocomplete="list"
          autocomplete="off"
          enterkeyhint="search"
          placeholder="搜名称、正文或拼音"
          defaultValue={initial}
          onInput={(event) => {
            // While an input method composes, the letters are not yet what is meant.
            if (!event.isComposing) setQuery(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          class="tool"
          aria-pressed={filtering}
          onClick={() => {
            setFiltering(!filtering);
            setChoice({});
          }}
        >
          筛选
        </button>
      </div>
      {filtering && results?.options && (
        <FilterBar options={results.options} choice={choice} onChange={setChoice} />
      )}
      {state === 'idle' && <Recent onAsk={ask} />}
      {(state === 'searching' || (typeof state === 'object' && !results)) && (
        <p class="search-note">正在搜索…</p>
      )}
      {state === 'failed' && (
        <p class="search-note" role="alert">
          没能取到搜索数据，多半是网络断了。
          <button type="button" class="button" onClick={() => setAttempt(attempt + 1)}>
            再试一次
          </button>
        </p>
      )}
      {results && (
        <ResultList
          id={list}
          results={results}
          active={active}
          kind={kind}
          fixedKind={fixedKind}
          onKind={(one) => {
            setTalkOnly(false);
            setKind(one);
          }}
          onActive={setActive}
          onOpen={open}
          onAsk={ask}
          onMore={() => setMost(most + SHOWN)}
          talkCount={talk.state === 'found' ? countOf(talk) : undefined}
          talkOnly={talkOnly}
          onTalkOnly={() => setTalkOnly(true)}
        >
          {withTalk && (
            <TalkList
              talk={talk}
              again={again}
              more={more}
              onOpen={() => rememberSearch(query.trim())}
            />
          )}
        </ResultList>
      )}
    </div>
  );
}

function Recent({ onAsk }: { onAsk: (text: string) => void }) {
  const [recent, setRecent] = useState<string[]>([]);
  useEffect(() => setRecent(recentSearches()), []);
  if (recent.length === 0) {
    return <p class="search-note">一个字也能搜；几个词之间空一格，找同时写到它们的页面。</p>;
  }
  return (
    <div class="search-recent">
      <p>最近搜过</p>
      <ul class="plain">
        {recent.map((text) => (
          <li key={text}>
            <button type="button" class="button" onClick={() => onAsk(text)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="tool"
        onClick={() => {
          forgetSearches();
          setRecent([]);
          onAsk('');
        }}
      >
        清除记录
      </button>
    </div>
  );
}
