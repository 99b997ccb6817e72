import { useEffect, useState } from 'preact/hooks';
import type { Card } from '../../../lib/search/format.ts';
import { engine } from '../../search/engine.ts';
import { CaseLink, CaseRow } from './CaseLink.tsx';
import type { Text } from './copy.ts';
import { findCases, suggestCases } from './suggestCases.ts';

const MOST = 10;
const OFFERED = 4;
/** Milliseconds without typing before the library is looked through. */
const PAUSE = 700;

interface Props {
  readonly text: Text;
  readonly change: (cases: readonly string[]) => void;
}

/** Cases of the library that belong to the topic: linked ones, and others that sound like it. */
export function LinkedCases({ text: { title, situation, cases }, change }: Props) {
  const [wanted, setWanted] = useState('');
  const offered = useOffered(wanted.trim(), title, situation);
  const others = offered.filter((card) => !cases.includes(idOf(card))).slice(0, OFFERED);
  return (
    <section aria-labelledby="linked-cases">
      <h2 id="linked-cases">关联的案例</h2>
      <p class="hint">别处怎么做的，讨论时大家能照着看。最多 {MOST} 个。</p>
      {cases.length > 0 && (
        <ul class="plain case-links">
          {cases.map((id) => (
            <li key={id}>
              <CaseLink id={id}>
                <button
                  class="button"
                  type="button"
                  onClick={() => change(cases.filter((one) => one !== id))}
                  aria-label={`去掉案例 ${id}`}
                >
                  去掉
                </button>
              </CaseLink>
            </li>
          ))}
        </ul>
      )}
      {cases.length < MOST && (
        <>
          <div role="status" class="visually-hidden">
            {others.length > 0 && `找到 ${others.length} 个可能有用的案例`}
          </div>
          {others.length > 0 && (
            <>
              <h3 id="offered">可能有用的</h3>
              <ul class="plain case-links" aria-labelledby="offered">
                {others.map((card) => (
                  <li key={card.url}>
                    <CaseRow
                      url={card.url}
                      card={card}
                      name={card.title}
                      action={
                        <button
                          class="button"
                          type="button"
                          aria-label={`加上：${card.title}`}
                          onClick={() => change([...cases, idOf(card)])}
                        >
                          加上
                        </button>
                      }
                    />
                  </li>
                ))}
              </ul>
            </>
          )}
          <div class="field case-search">
            <label for="case-search">
              {others.length > 0
                ? '不合适？换几个词找'
                : '写下问题后，这里会推荐案例；也可以自己找'}
            </label>
            <input
              id="case-search"
              type="search"
              autocomplete="off"
              value={wanted}
              onInput={({ currentTarget }) => setWanted(currentTarget.value)}
            />
          </div>
        </>
      )}
    </section>
  );
}

const idOf = ({ url }: Card): string => url.split('/')[2] ?? '';

/** They are an extra: where the library cannot be asked, there are none. */
function useOffered(wanted: string, title: string, situation: string): readonly Card[] {
  const [offered, setOffered] = useState<readonly Card[]>([]);
  useEffect(() => {
    let newest = true;
    const look = () =>
      wanted
        ? findCases(engine, wanted, MOST + OFFERED)
        : suggestCases(engine, title, situation, MOST + OFFERED);
    const timer = setTimeout(() => {
      look().then(
        (cards) => newest && setOffered(cards),
        () => {},
      );
    }, PAUSE);
    return () => {
      newest = false;
      clearTimeout(timer);
    };
  }, [wanted, title, situation]);
  return offered;
}
