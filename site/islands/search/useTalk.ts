import { useEffect, useRef, useState } from 'preact/hooks';
import type { z } from 'zod';
import { termsOf } from '../../../api/core/fold.ts';
import type { searchHits } from '../../../api/forum/contract.ts';

type Answer = z.infer<typeof searchHits>;
export type TalkHit = Answer['hits'][number];

export interface Found {
  readonly state: 'found';
  readonly query: string;
  readonly terms: readonly string[];
  readonly hits: readonly TalkHit[];
  readonly next: string | null;
}
export type TalkState = { readonly state: 'none' | 'waiting' | 'failed' } | Found;

/** Nobody is asked while someone types. Milliseconds. */
const PAUSE = 250;
/** The API refuses longer ones, and no post is found by so many words. */
const LONGEST = 100;

/** The client is fetched with the first question: the library's results need none of it. */
async function askPosts(q: string, cursor?: string): Promise<Answer> {
  const { api, ask } = await import('../../lib/api.ts');
  return ask(api.forum.search.$get({ query: { q, ...(cursor && { cursor }) } }));
}

interface Talk {
  readonly talk: TalkState;
  readonly again: () => void;
  readonly more: () => Promise<void>;
}

/**
 * The posts that hold every term of a query, newest first.
 * @param ready the library has answered, which comes first
 */
export function useTalk(query: string, ready: boolean): Talk {
  const [talk, setTalk] = useState<TalkState>({ state: 'none' });
  const [attempt, setAttempt] = useState(0);
  const round = useRef(0);
  const q = query.trim();
  useEffect(() => {
    round.current += 1;
    const mine = round.current;
    const asked = ready && termsOf(q).length > 0 && q.length <= LONGEST;
    setTalk({ state: asked ? 'waiting' : 'none' });
    if (!asked) return undefined;
    const settle = (next: TalkState) => mine === round.current && setTalk(next);
    const timer = setTimeout(() => {
      askPosts(q).then(
        (answer) => settle({ state: 'found', query: q, terms: termsOf(q), ...answer }),
        () => settle({ state: 'failed' }),
      );
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [q, ready, attempt]);
  const more = async () => {
    if (talk.state !== 'found' || talk.next === null) return;
    const mine = round.current;
    const { hits, next } = await askPosts(talk.query, talk.next);
    if (mine === round.current) setTalk({ ...talk, hits: [...talk.hits, ...hits], next });
  };
  return { talk, again: () => setAttempt((n) => n + 1), more };
}
