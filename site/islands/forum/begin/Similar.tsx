import { useEffect, useState } from 'preact/hooks';
import { forum, type Hit } from '../../../lib/forum.ts';
import { threadUrl } from '../links.ts';

/** In milliseconds: one has paused. */
const PAUSE = 500;
const SHOWN = 4;
/** Of a title: fewer say nothing. */
const LEAST = 4;

/** Threads in which the words of a title stand: the longest run of them that is found anywhere. */
async function lookFor(title: string): Promise<Hit[]> {
  const words = title.split(/[\s，。？！、,.?!]+/u).filter((word) => [...word].length >= 2);
  const [whole, ...parts] = [title, ...words.sort((a, b) => b.length - a.length).slice(0, 2)];
  const found = await forum.search(whole);
  for (const part of parts) if (found.length === 0) found.push(...(await forum.search(part)));
  const one = new Map(found.map((hit) => [hit.thread, hit]));
  return [...one.values()].slice(0, SHOWN);
}

/** So that nobody asks what has been answered. */
export function Similar({ title }: { readonly title: string }) {
  const [hits, setHits] = useState<readonly Hit[]>([]);
  useEffect(() => {
    if ([...title.trim()].length < LEAST) {
      setHits([]);
      return;
    }
    let newest = true;
    const timer = setTimeout(() => {
      // Only a help: without it one writes on.
      lookFor(title.trim()).then(
        (found) => newest && setHits(found),
        () => {},
      );
    }, PAUSE);
    return () => {
      newest = false;
      clearTimeout(timer);
    };
  }, [title]);
  return (
    <div aria-live="polite">
      {hits.length > 0 && (
        <div class="similar">
          <p>有人谈过相近的，先看看：</p>
          <ul class="plain">
            {hits.map((hit) => (
              <li key={hit.thread}>
                <a
                  class="tap-link"
                  href={threadUrl(hit.thread, hit.n)}
                  target="_blank"
                  rel="noopener"
                >
                  {hit.title}
                  <span class="visually-hidden">（在新窗口打开）</span>
                </a>
                <small>
                  {hit.accepted && '已有办法 · '}
                  {hit.unit}
                </small>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
