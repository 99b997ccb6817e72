import { useState } from 'preact/hooks';
import { threadUrl } from '../forum/about/links.ts';
import { Day } from '../kit/Moment.tsx';
import { Marked } from './Marked.tsx';
import { marked } from './snippet.ts';
import type { Found, TalkHit, TalkState } from './useTalk.ts';

interface Props {
  readonly talk: TalkState;
  readonly onOpen: () => void;
  readonly again: () => void;
  readonly more: () => Promise<void>;
}

/** What is found in 交流区, below the library's results, so that they keep their place when it comes. */
export function TalkList({ talk, onOpen, again, more }: Props) {
  return (
    <section class="talk-hits" aria-label="讨论" hidden={talk.state === 'none'}>
      <p class="results-kind" aria-hidden="true">
        讨论
      </p>
      <p class="search-note" aria-live="polite">
        {talk.state === 'waiting' && '正在找讨论…'}
        {talk.state === 'failed' && '讨论没有取到，上面的结果不受影响。'}
        {talk.state === 'found' && talk.hits.length === 0 && '没有讨论写到。'}
        {talk.state === 'found' && talk.hits.length > 0 && `讨论 ${countOf(talk)} 条，新的在前`}
      </p>
      {talk.state === 'failed' && (
        <button type="button" class="button" onClick={again}>
          再找一次
        </button>
      )}
      {talk.state === 'found' && (
        <>
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the links take the keys; this only remembers the search */}
          <ul class="plain" onClick={onOpen}>
            {talk.hits.map((hit) => (
              <Hit key={`${hit.thread} ${hit.n}`} hit={hit} terms={talk.terms} />
            ))}
          </ul>
          {talk.next !== null && <More more={more} />}
        </>
      )}
    </section>
  );
}

/** 20+ where there are more than were fetched. */
export const countOf = ({ hits, next }: Found): string =>
  next === null ? String(hits.length) : `${hits.length}+`;

function Hit({ hit, terms }: { readonly hit: TalkHit; readonly terms: readonly string[] }) {
  const { thread, n, title, excerpt, unit, at, accepted } = hit;
  return (
    <li>
      <a class="talk-hit" href={threadUrl(thread, n)}>
        <strong>
          <Marked pieces={marked(title, terms)} />
        </strong>
        <span class="result-text">
          <Marked pieces={marked(excerpt, terms)} />
        </span>
        <span class="result-meta">
          {accepted && '已采纳的办法 · '}
          {unit} · <Day iso={at} />
        </span>
      </a>
    </li>
  );
}

function More({ more }: { readonly more: () => Promise<void> }) {
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const fetchMore = async () => {
    if (state === 'busy') return;
    setState('busy');
    await more().then(
      () => setState('idle'),
      () => setState('failed'),
    );
  };
  return (
    <p class="talk-more">
      <button type="button" class="button" aria-disabled={state === 'busy'} onClick={fetchMore}>
        再看一些讨论
      </button>
      {state === 'failed' && (
        <span class="search-note" role="alert">
          没有取到，请再按一次。
        </span>
      )}
    </p>
  );
}
