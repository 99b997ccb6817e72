import type { Context as HonoContext } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { allowIn, signedIn } from '../access/standings.ts';
import type { ApiEnv } from '../core/http/apiEnv.ts';
import { createRoutes, endpoint } from '../core/http/endpoint.ts';
import type { Live, News } from '../core/live.ts';
import { CORE, Refused } from '../core/refused.ts';
import { salonParam } from './contract.ts';

/** Between two signs of life, so that no proxy takes the stream for dead. Milliseconds. */
export const BEAT_MS = 20_000;
/** Then the page must ask again, and is refused if its session has ended meanwhile. Milliseconds. */
export const LONGEST_MS = 600_000;
/** What the browser waits before it opens a broken stream again. Milliseconds. */
const RETRY_MS = 3000;
export const STREAMS_A_PERSON = 6;

const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  // A proxy such as nginx would keep the events back until its buffer is full.
  'x-accel-buffering': 'no',
};

/** Counts each person's open streams. */
function createSlots() {
  const taken = new Map<string, number>();
  return {
    /** @throws {Refused} tooMany */
    take(personId: string): () => void {
      const before = taken.get(personId) ?? 0;
      if (before >= STREAMS_A_PERSON) throw new Refused(CORE.tooMany, { retryAfter: 60 });
      taken.set(personId, before + 1);
      return () => {
        const left = (taken.get(personId) ?? 1) - 1;
        if (left > 0) taken.set(personId, left);
        else taken.delete(personId);
      };
    },
  };
}

/**
 * Tells one page, until it goes away, its time is up or the server stops. Nothing is awaited for a
 * page that does not read: what piles up in that time is a few dozen kilobytes.
 */
async function tell(stream: SSEStreamingApi, live: Live, salonId: string): Promise<void> {
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  const say = (event: 'hello' | 'changed', news: News) =>
    stream.writeSSE({ event, data: JSON.stringify(news), retry: RETRY_MS });
  const leave = live.subscribe(salonId, { changed: (news) => say('changed', news), end });
  const beat = setInterval(() => stream.write(':\n\n'), BEAT_MS).unref();
  const longest = setTimeout(end, LONGEST_MS).unref();
  stream.onAbort(end);
  say('hello', live.news(salonId));
  await over;
  leave();
  clearInterval(beat);
  clearTimeout(longest);
  if (!stream.aborted) await stream.writeSSE({ event: 'bye', data: '' });
}

function answer(c: HonoContext<ApiEnv>, slug: string, slots: ReturnType<typeof createSlots>) {
  const { ctx } = c.var;
  const { id } = allowIn(ctx.db.orm, ctx, 'salon.live', slug);
  // Of a HEAD nobody would read the stream, so nobody would end it.
  if (c.req.method === 'HEAD') return c.body(null, 200, HEADERS);
  const giveBack = slots.take(signedIn(ctx));
  const response = streamSSE(c, (stream) => tell(stream, ctx.live, id).finally(giveBack));
  for (const [name, value] of Object.entries(HEADERS)) response.headers.set(name, value);
  return response;
}

export function liveRoutes() {
  const slots = createSlots();
  return createRoutes().openapi(
    endpoint({
      method: 'get',
      path: '/salons/{salon}/live',
      action: 'salon.live',
      summary: '有变化时知会一声，不说是什么变化',
      request: { params: salonParam },
      responses: {
        200: {
          description: '事件流：先 hello，有变化时 changed，十分钟后 bye；每个带版本号',
          content: { 'text/event-stream': { schema: z.string() } },
        },
      },
    }),
    (c) => answer(c, c.req.valid('param').salon, slots),
  );
}
