import type { ComponentChildren } from 'preact';
import { KINDS, type Page, type PageKind } from '../../lib/search/format.ts';
import { Marked } from './Marked.tsx';
import { marked, snippet } from './snippet.ts';
import type { Suggestions } from './suggest.ts';
import type { Results } from './useSearch.ts';

interface Props {
  id: string;
  results: Results;
  active: number;
  kind: PageKind | undefined;
  fixedKind: PageKind | undefined;
  onKind: (kind: PageKind | undefined) => void;
  onActive: (index: number) => void;
  onOpen: (page: Page) => void;
  onAsk: (text: string) => void;
  onMore: () => void;
  /** What posts are found, e.g. 3 or 20+; undefined as long as it is not known. */
  talkCount: string | undefined;
  /** 只看讨论 */
  talkOnly: boolean;
  onTalkOnly: () => void;
  /** The posts, below all else. */
  children: ComponentChildren;
}

const KIND_NAME: Record<PageKind, string> = { case: '案例', method: '方法', session: '沙龙' };

/** Results under the headings 案例, 方法 and 沙龙, or what to try when there are none. */
export function ResultList(props: Props) {
  const { results, kind, fixedKind, onKind, talkCount, talkOnly, onTalkOnly } = props;
  const { counts, total } = results;
  const every = counts.reduce((sum, { count }) => sum + count, 0);
  const more = (event: MouseEvent) => {
    // The button goes with the last results; the field would raise a phone's keyboard.
    if (event.currentTarget instanceof HTMLElement) {
      event.currentTarget.parentElement?.querySelector<HTMLElement>('[role=status]')?.focus();
    }
    props.onMore();
  };
  return (
    <div class="results">
      <p class="results-total" role="status" tabIndex={-1}>
        找到 <strong data-total={total}>{total}</strong> 页
      </p>
      {!fixedKind && every > 0 && (
        <div class="kinds" role="group" aria-label="只看">
          <Kind label={`全部 ${every}`} on={!kind && !talkOnly} onClick={() => onKind(undefined)} />
          {counts.map(({ kind: one, count }) => (
            <Kind
              key={one}
              label={`${KIND_NAME[one]} ${count}`}
              on={kind === one && !talkOnly}
              onClick={() => onKind(one)}
            />
          ))}
          {props.children && (
            <Kind label={`讨论 ${talkCount ?? '…'}`} wide on={talkOnly} onClick={onTalkOnly} />
          )}
        </div>
      )}
      {!(talkOnly && every > 0) && <Pages {...props} onMore={more} />}
      {props.children}
    </div>
  );
}

/** What the library has, and what to try when it has nothing. */
function Pages(props: Omit<Props, 'onMore'> & { onMore: (event: MouseEvent) => void }) {
  const { results } = props;
  const { total, query, problems, suggestions, shown } = results;
  return (
    <>
      {problems.length > 0 && (
        <p class="akin">
          是这样的问题吗：
          {problems.map(({ name, url }) => (
            <a key={url} class="button" href={url}>
              {name}
            </a>
          ))}
        </p>
      )}
      <Hits {...props} />
      {suggestions && <NothingFound query={query} suggestions={suggestions} onAsk={props.onAsk} />}
      {total > shown.length && (
        <button type="button" class="button" onClick={props.onMore}>
          再看一些（还有 {total - shown.length} 页）
        </button>
      )}
    </>
  );
}

interface KindProps {
  label: string;
  on: boolean;
  /** Its number comes later and must not push the others about. */
  wide?: boolean;
  onClick: () => void;
}

function Kind({ label, on, wide, onClick }: KindProps) {
  return (
    <button type="button" class={wide ? 'tool wide' : 'tool'} aria-pressed={on} onClick={onClick}>
      {label}
    </button>
  );
}

function Hits({
  id,
  results,
  active,
  onActive,
  onOpen,
}: Pick<Props, 'id' | 'results' | 'active' | 'onActive' | 'onOpen'>) {
  const { shown, terms } = results;
  const groups = KINDS.map((kind) => ({ kind, pages: shown.filter((page) => page.kind === kind) }))
    .filter(({ pages }) => pages.length > 0)
    // The kind of the best hit stands first.
    .sort((a, b) => Number(b.pages[0] === shown[0]) - Number(a.pages[0] === shown[0]));
  return (
    <div id={id} role="listbox" aria-label="搜索结果" hidden={shown.length === 0}>
      {groups.map(({ kind, pages }) => (
        <div key={kind} role="group" aria-label={KIND_NAME[kind]}>
          <p class="results-kind" aria-hidden="true">
            {KIND_NAME[kind]}
          </p>
          {pages.map((page) => {
            const index = shown.indexOf(page);
            const title = marked(page.title, terms);
            const name = marked(page.names[0] ?? '', terms);
            const text = snippet(page, terms);
            const written = [title, name, text].some((pieces) => pieces.some(({ hit }) => hit));
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox takes the keys for its options
              <div
                key={page.url}
                id={`${id}-${index}`}
                role="option"
                tabIndex={-1}
                class="result"
                aria-selected={index === active}
                data-result
                data-url={page.url}
                onMouseMove={() => onActive(index)}
                onClick={() => onOpen(page)}
              >
                <p class="result-title">
                  <Marked pieces={title} />
                  {page.kind !== 'method' && (
                    <span class="result-name">
                      <Marked pieces={name} />
                    </span>
                  )}
                </p>
                <p class="result-text">
                  <Marked pieces={text} />
                </p>
                <p class="result-meta">
                  {written ? '' : '读音相符 · '}
                  {page.meta}
                </p>
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

const shortened = (text: string) =>
  [...text].length > 16 ? `${[...text].slice(0, 16).join('')}…` : text;

function NothingFound({
  query,
  suggestions,
  onAsk,
}: {
  query: string;
  suggestions: Suggestions;
  onAsk: (text: string) => void;
}) {
  const { names, parts } = suggestions;
  return (
    <div class="nothing">
      <p>没有哪一页写着「{shortened(query.trim())}」。</p>
      {names.length > 0 && (
        <p>
          您要找的是不是：
          {names.map(({ text, url }) => (
            <a key={url} class="button" href={url}>
              {text}
            </a>
          ))}
        </p>
      )}
      {parts.length > 0 && (
        <p>
          换短一些的词：
          {parts.map(({ text, pages }) => (
            <button key={text} type="button" class="button" onClick={() => onAsk(text)}>
              {text}（{pages} 页）
            </button>
          ))}
        </p>
      )}
      {names.length + parts.length === 0 && (
        <p>
          换个说法试试，或从<a href="/problems/">我遇到的问题</a>、<a href="/methods/">方法目录</a>
          里找。
        </p>
      )}
    </div>
  );
}
