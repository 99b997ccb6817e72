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

type Query = Readonly<Record<string, string | number | undefined>>;

const withQuery = (path: string, query: Query): string => {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path;
};

const read = <T>(path: string, query: Query = {}): Promise<T> =>
  ask(fetch(`/api${withQuery(path, query)}`));

/** @param key the same for each retry of one wish */
const write = <T>(method: string, path: string, key: string, body?: unknown): Promise<T> => {
  const { headers } = once(key);
  return ask(
    fetch(`/api${path}`, {
      method,
      ...(body === undefined
        ? { headers }
        : {
            headers: { ...headers, 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }),
    }),
  );
};

const inSalon = (salon: string, path: string): string => `/salons/${salon}${path}`;
const inThread = (thread: string, path = ''): string => `/threads/${thread}${path}`;
const atPost = (thread: string, n: number, path = ''): string =>
  inThread(thread, `/posts/${n}${path}`);

/** The forum's part of the API. */
export const forum = {
  list: (salon: string, query: { view: View; theme?: string; cursor?: string }) =>
    ask(api.salons[':salon'].threads.$get({ param: { salon }, query })),
  readAll: (salon: string, key: string) =>
    ask(api.salons[':salon'].forum['read-all'].$post({ param: { salon } }, once(key))),
  search: async (q: string) =>
    (await ask(api.forum.search.$get({ query: { q: q.slice(0, 100) } }))).hits,
  names: async (salon: string) =>
    (await read<{ names: string[] }>(inSalon(salon, '/forum/names'))).names,

  thread: (thread: string, { from, limit }: { from: number; limit: number }) => {
    const query = { from: String(from), limit: String(limit) };
    return ask(api.threads[':thread'].$get({ param: { thread }, query }));
  },
  begin: async (salon: string, input: NewThread, key: string) =>
    (await write<{ thread: string }>('POST', inSalon(salon, '/threads'), key, input)).thread,
  rename: (thread: string, title: string, asks: boolean, key: string) =>
    write('PATCH', inThread(thread), key, { title, asks }),
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

  reply: async (thread: string, source: string, replyTo: number | undefined, key: string) =>
    (
      await write<{ n: number }>('POST', inThread(thread, '/posts'), key, {
        source,
        ...(replyTo !== undefined && { replyTo }),
      })
    ).n,
  edit: (thread: string, n: number, source: string, edits: number, key: string) =>
    write('PUT', atPost(thread, n), key, { source, edits }),
  remove: (thread: string, n: number, key: string) => write('DELETE', atPost(thread, n), key),
  source: (thread: string, n: number) => read<PostSource>(atPost(thread, n, '/source')),
  history: async (thread: string, n: number) =>
    (await read<{ versions: Versions }>(atPost(thread, n, '/history'))).versions,
  mark: (thread: string, n: number, on: boolean, key: string) => {
    const { mark } = api.threads[':thread'].posts[':n'];
    const param = { thread, n: String(n) };
    return ask(on ? mark.$put({ param }, once(key)) : mark.$delete({ param }, once(key)));
  },
  report: (thread: string, n: number, reason: string, key: string) => {
    const param = { thread, n: String(n) };
    return ask(
      api.threads[':thread'].posts[':n'].reports.$post({ param, json: { reason } }, once(key)),
    );
  },

  preview: (salon: string, source: string, key: string) =>
    write<Preview>('POST', inSalon(salon, '/forum/preview'), key, { source }),
  draft: (salon: string, place: string) => read<Draft>(inSalon(salon, '/forum/drafts'), { place }),
  keepDraft: (salon: string, place: string, text: Pick<Draft, 'title' | 'source'>, key: string) =>
    write('PUT', inSalon(salon, '/forum/drafts'), key, { place, ...text }),
  dropDraft: (salon: string, place: string, key: string) =>
    write('DELETE', withQuery(inSalon(salon, '/forum/drafts'), { place }), key),
  /** Where a picture is sent; see `sendFile`. */
  picturesPath: (salon: string) => `/api${inSalon(salon, '/pictures')}`,
};
