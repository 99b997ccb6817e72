import type { z } from 'zod';
import type * as contract from '../../api/forum/contract.ts';
import { api, ask, once } from './api.ts';

export type ThreadRow = z.infer<typeof contract.threadRow>;
export type ThreadList = z.infer<typeof contract.threadList>;
export type View = (typeof contract.VIEWS)[number];
export type PlaceRef = Pick<ThreadRow['place'], 'kind' | 'key'>;
export type PlaceName = ThreadRow['place'];
export type ThreadAnswer = z.infer<typeof contract.threadPage>;
export type ThreadPosts = ThreadAnswer['thread'];
export type ThreadMine = NonNullable<ThreadAnswer['mine']>;
export type Post = z.infer<typeof contract.postRow>;
export type PostSource = z.infer<typeof contract.postSource>;
export type Versions = z.infer<typeof contract.postHistory>['versions'];
export type Draft = z.infer<typeof contract.draft>;
export type Preview = z.infer<typeof contract.preview>;
export type Hit = z.infer<typeof contract.searchHits>['hits'][number];
export type Picture = z.infer<typeof contract.pictureRef>;
export type NewThread = z.infer<typeof contract.threadInput>;
export type Moderation = z.infer<typeof contract.moderationInput>;
export type Level = z.infer<typeof contract.followInput>['level'];

/** As the contract has them, whose code need not come to the browser for two numbers. */
export const TITLE_MOST: typeof contract.TITLE_LIMIT = 60;
export const POST_MOST: typeof contract.POST_LIMIT = 20_000;

const atPost = api.threads[':thread'].posts[':n'];

/** The forum's part of the API. */
export const forum = {
  list: (salon: string, query: { view: View; theme?: string; place?: string; cursor?: string }) =>
    ask(api.salons[':salon'].threads.$get({ param: { salon }, query })),
  readAll: (salon: string, key: string) =>
    ask(api.salons[':salon'].forum['read-all'].$post({ param: { salon } }, once(key))),
  search: async (q: string) =>
    (await ask(api.forum.search.$get({ query: { q: q.slice(0, 100) } }))).hits,
  names: async (salon: string) =>
    (await ask(api.salons[':salon'].forum.names.$get({ param: { salon } }))).names,

  thread: (thread: string, { from, limit }: { from: number; limit: number }) => {
    const query = { from: String(from), limit: String(limit) };
    return ask(api.threads[':thread'].$get({ param: { thread }, query }));
  },
  begin: async (salon: string, json: NewThread, key: string) =>
    (await ask(api.salons[':salon'].threads.$post({ param: { salon }, json }, once(key)))).thread,
  rename: (thread: string, title: string, asks: boolean, key: string) =>
    ask(api.threads[':thread'].$patch({ param: { thread }, json: { title, asks } }, once(key))),
  /** Also as the page goes away. */
  seen: (thread: string, n: number, key: string) =>
    ask(
      api.threads[':thread'].read.$put(
        { param: { thread }, json: { n } },
        { ...once(key), init: { keepalive: true } },
      ),
    ),
  follow: (thread: string, level: Level, key: string) =>
    ask(api.threads[':thread'].follow.$put({ param: { thread }, json: { level } }, once(key))),
  accept: (thread: string, n: number | null, key: string) => {
    const { accepted } = api.threads[':thread'];
    return n === null
      ? ask(accepted.$delete({ param: { thread } }, once(key)))
      : ask(accepted.$put({ param: { thread }, json: { n } }, once(key)));
  },
  moderate: (thread: string, json: Moderation, key: string) =>
    ask(api.threads[':thread'].moderation.$post({ param: { thread }, json }, once(key))),

  reply: async (thread: string, source: string, replyTo: number | undefined, key: string) => {
    const json = { source, ...(replyTo !== undefined && { replyTo }) };
    return (await ask(api.threads[':thread'].posts.$post({ param: { thread }, json }, once(key))))
      .n;
  },
  edit: (thread: string, n: number, source: string, edits: number, key: string) =>
    ask(atPost.$put({ param: { thread, n: String(n) }, json: { source, edits } }, once(key))),
  remove: (thread: string, n: number, key: string) =>
    ask(atPost.$delete({ param: { thread, n: String(n) } }, once(key))),
  source: (thread: string, n: number) =>
    ask(atPost.source.$get({ param: { thread, n: String(n) } })),
  history: async (thread: string, n: number) =>
    (await ask(atPost.history.$get({ param: { thread, n: String(n) } }))).versions,
  mark: (thread: string, n: number, on: boolean, key: string) => {
    const { mark } = atPost;
    const param = { thread, n: String(n) };
    return ask(on ? mark.$put({ param }, once(key)) : mark.$delete({ param }, once(key)));
  },
  report: (thread: string, n: number, reason: string, key: string) => {
    const param = { thread, n: String(n) };
    return ask(atPost.reports.$post({ param, json: { reason } }, once(key)));
  },

  preview: (salon: string, source: string, key: string) =>
    ask(
      api.salons[':salon'].forum.preview.$post({ param: { salon }, json: { source } }, once(key)),
    ),
  draft: (salon: string, place: string) =>
    ask(api.salons[':salon'].forum.drafts.$get({ param: { salon }, query: { place } })),
  keepDraft: (salon: string, place: string, text: Pick<Draft, 'title' | 'source'>, key: string) =>
    ask(
      api.salons[':salon'].forum.drafts.$put(
        { param: { salon }, json: { place, ...text } },
        once(key),
      ),
    ),
  dropDraft: (salon: string, place: string, key: string) =>
    ask(
      api.salons[':salon'].forum.drafts.$delete({ param: { salon }, query: { place } }, once(key)),
    ),
  /** Where a picture is sent; see `sendFile`. */
  picturesPath: (salon: string) => `/api/salons/${salon}/pictures`,
};
