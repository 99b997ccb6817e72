import { z } from 'zod';
import { id, line, prose } from '../core/text.ts';
import { MODERATION_ACTIONS, PLACE_KINDS, POST_LIMIT, REASON_LIMIT, TITLE_LIMIT } from './rules.ts';

export type { ModerationAction, PlaceKind } from './rules.ts';
export { MENTION_LIMIT, PICTURE_LIMIT, PLACE_KINDS, POST_LIMIT, TITLE_LIMIT } from './rules.ts';

const n = z.coerce.number({ error: '楼层须是正整数' }).int().min(1).max(1_000_000);
const key = z.string().regex(/^[0-9a-z][0-9a-z-]{0,79}$/, { error: '位置的写法不对' });
/** key: the id of a theme, case or method; a topic's id; a session's number. */
const placeKind = z.enum(PLACE_KINDS, { error: '不认识的位置' });
const place = z.strictObject({ kind: placeKind, key });
const reason = line('理由', { min: 2, max: REASON_LIMIT });
const title = line('标题', { min: 4, max: TITLE_LIMIT });
const source = prose('正文', { max: POST_LIMIT });
const moment = z.iso.datetime();

export const threadParam = z.strictObject({ thread: id });
export const postParam = z.strictObject({ thread: id, n });
export const placeParam = z.strictObject({ kind: placeKind, key });
export const pictureParam = z.strictObject({ picture: id });

export const VIEWS = ['latest', 'unread', 'mine', 'waiting', 'solved'] as const;
export const listQuery = z.strictObject({
  view: z.enum(VIEWS, { error: '不认识的列表' }).default('latest'),
  /** Beside its own threads a theme shows those of its cases and methods. */
  theme: key.optional(),
  /** A theme's: as with `theme`. */
  place: z
    .string()
    .transform((text) => {
      const [kind, ...rest] = text.split(':');
      return { kind, key: rest.join(':') };
    })
    .pipe(place)
    .optional()
    .openapi({ type: 'string', example: 'case:weiwang-shige' }),
});

/** Where a thread stands, in words and as an address of this site. */
const placeRow = z.object({
  kind: placeKind,
  key: z.string(),
  name: z.string(),
  link: z.string(),
});

export const threadRow = z.object({
  id: z.string(),
  salon: z.string(),
  title: z.string(),
  place: placeRow,
  asks: z.boolean(),
  isPublic: z.boolean(),
  unit: z.string(),
  at: moment,
  replies: z.number().int(),
  lastAt: moment,
  lastUnit: z.string(),
  /** 同问 */
  same: z.number().int(),
  accepted: z.number().int().nullable(),
  pinned: z.boolean(),
  locked: z.boolean(),
  /** Posts the reader has not seen: null for visitors. */
  unread: z.number().int().nullable(),
});
export const threadList = z.object({
  threads: z.array(threadRow),
  /** Before all others, on the first page of 最新. */
  pinned: z.array(threadRow),
  next: z.string().nullable(),
});

/** Under a page of library or salon: what is talked of there, and what has helped. */
export const aboutPlace = z.object({
  threads: z.array(threadRow),
  total: z.number().int(),
  /** 已有办法: threads with an accepted answer, with the gist of it. */
  solved: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      n: z.number().int(),
      unit: z.string(),
      gist: z.string(),
    }),
  ),
  mayWrite: z.boolean(),
});

export const threadInput = z.strictObject({
  place,
  title,
  source,
  asks: z.boolean({ error: '须选求助或交流' }),
  isPublic: z.boolean({ error: '须选谁能看到' }),
});
export const threadRef = z.object({ thread: z.string() });
export const threadChange = z.strictObject({ title, asks: z.boolean() });

export const replyInput = z.strictObject({
  source,
  replyTo: z.int().min(1).optional(),
});
export const replied = z.object({ thread: z.string(), n: z.number().int() });
/** `edits`: how often it had been changed when the text was fetched. */
export const editInput = z.strictObject({ source, edits: z.int().min(0) });
export const edited = z.object({ n: z.number().int(), edits: z.number().int() });
export const postSource = z.object({
  source: z.string(),
  edits: z.number().int(),
  unit: z.string(),
});
export const postHistory = z.object({
  versions: z.array(z.object({ source: z.string(), at: moment })),
});

/** From this post on; without it, from the first. */
export const threadQuery = z.strictObject({
  from: n.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(20),
});

export const postRow = z.object({
  n: z.number().int(),
  unit: z.string(),
  /** Null for visitors, who see the unit only. */
  name: z.string().nullable(),
  state: z.enum(['shown', 'deleted', 'hidden']),
  /** Empty unless shown. */
  html: z.string(),
  /** The reason that a moderator gave. */
  reason: z.string().nullable(),
  /** When it was deleted or hidden. */
  goneAt: moment.nullable(),
  replyTo: z.number().int().nullable(),
  at: moment,
  editedAt: moment.nullable(),
  marks: z.number().int(),
});
/** The same for everybody of one kind (members, visitors), so that it is made once a change. */
export const threadPosts = z.object({
  id: z.string(),
  salon: z.string(),
  salonName: z.string(),
  title: z.string(),
  place: placeRow,
  asks: z.boolean(),
  isPublic: z.boolean(),
  posts: z.number().int(),
  replies: z.number().int(),
  accepted: z.number().int().nullable(),
  pinned: z.boolean(),
  locked: z.boolean(),
  /** The last thing a moderator did to the whole of it, with the reason. */
  moderation: z
    .object({ action: z.enum(MODERATION_ACTIONS), reason: z.string(), at: moment })
    .nullable(),
  version: z.number().int(),
  rows: z.array(postRow),
});
/** What the reader is to it. */
export const threadMine = z.object({
  /** Of the posts on this page: which are their own, and which they marked. */
  own: z.array(z.number().int()),
  marked: z.array(z.number().int()),
  /** The highest number they have read. */
  read: z.number().int(),
  follow: z.enum(['follow', 'mute']).nullable(),
  mayWrite: z.boolean(),
  mayAccept: z.boolean(),
  mayModerate: z.boolean(),
});
export const threadPage = z.object({ thread: threadPosts, mine: threadMine.nullable() });

export const acceptInput = z.strictObject({ n: z.int().min(2, { error: '采纳的须是一条回复' }) });
export const followInput = z.strictObject({
  level: z.enum(['follow', 'mute'], { error: '须是关注或不打扰' }).nullable(),
});
export const readInput = z.strictObject({ n: z.int().min(1) });
export const unread = z.object({
  /** Threads with something new; counted up to 99. */
  threads: z.number().int(),
  more: z.boolean(),
});

export const reportInput = z.strictObject({ reason });
export const reportParam = z.strictObject({ salon: z.string(), report: id });
export const reportRow = z.object({
  id: z.string(),
  thread: z.string(),
  title: z.string(),
  n: z.number().int(),
  unit: z.string(),
  html: z.string(),
  reason: z.string(),
  reporter: z.string(),
  at: moment,
});
export const reportList = z.object({ reports: z.array(reportRow) });
export const reportDecision = z.strictObject({
  decision: z.enum(['hidden', 'kept'], { error: '须选隐去或保留' }),
  reason,
});
export const moderationInput = z.strictObject({
  action: z.enum(MODERATION_ACTIONS, { error: '不认识的操作' }),
  reason,
  /** Of hide and show. */
  n: z.int().min(1).optional(),
  /** Of move. */
  place: place.optional(),
});

export const previewInput = z.strictObject({ source });
export const preview = z.object({ html: z.string(), missing: z.array(z.string()) });

/** `new`, `reply <thread>` or `edit <thread> <n>`. */
export const draftPlace = z.string().regex(/^(new|reply [0-9a-z]{20}|edit [0-9a-z]{20} \d{1,7})$/, {
  error: '草稿的位置不对',
});
export const draftQuery = z.strictObject({ place: draftPlace });
export const draftInput = z.strictObject({
  place: draftPlace,
  title: z.string().max(200),
  /** As typed, however long: what is refused later is not lost now. */
  source: z.string().max(100_000),
});
export const draft = z.object({ title: z.string(), source: z.string(), at: moment.nullable() });

/** Whom one can call with @. */
export const names = z.object({ names: z.array(z.string()) });
export const pictureRef = z.object({
  id: z.string(),
  width: z.number().int(),
  height: z.number().int(),
});

export const searchQuery = z.strictObject({
  q: z.string().min(1, { error: '请输入要找的字' }).max(100, { error: '最多 100 个字' }),
});
export const searchHits = z.object({
  hits: z.array(
    z.object({
      thread: z.string(),
      salon: z.string(),
      title: z.string(),
      n: z.number().int(),
      unit: z.string(),
      at: moment,
      accepted: z.boolean(),
      /** Plain text around the first place that matches. */
      excerpt: z.string(),
    }),
  ),
  next: z.string().nullable(),
});
