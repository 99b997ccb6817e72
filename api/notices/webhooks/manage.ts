import { randomBytes } from 'node:crypto';
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { webhook } from '../../../db/schema/index.ts';
import { allowIn, type Salon, signedIn } from '../../access/standings.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { newId } from '../../core/id.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import type { Outcome } from '../postman/types.ts';
import { ROOM_GROUPS } from './concerns.ts';
import type { webhookAdded, webhookInput, webhookList, webhookTried } from './contract.ts';
import type { Format, Message } from './formats.ts';
import { WEBHOOKS } from './refusals.ts';
import { shown, type WebhookRow } from './row.ts';
import { sendToWebhook } from './send.ts';

const MOST = 10;
type Input = z.infer<typeof webhookInput>;

const allOf = (reader: Reader, { id }: Salon): WebhookRow[] =>
  reader
    .select()
    .from(webhook)
    .where(and(eq(webhook.salonId, id), isNull(webhook.removedAt)))
    .orderBy(asc(webhook.createdAt), asc(webhook.id))
    .all();

/** @throws {Refused} notFound */
function findWebhook(reader: Reader, place: Salon, id: string): WebhookRow {
  const found = allOf(reader, place).find((one) => one.id === id);
  if (!found) throw new Refused(CORE.notFound);
  return found;
}

export function listWebhooks(ctx: Context, slug: string): z.infer<typeof webhookList> {
  const place = allowIn(ctx.db.orm, ctx, 'webhook.manage', slug);
  const webhooks = allOf(ctx.db.orm, place).map((row) => shown(ctx.secret, row));
  return { webhooks, groups: [...ROOM_GROUPS] };
}

/** What shows in a robot's address that it is whole. */
const WHOLE: Readonly<Record<Format, readonly [test: (url: URL) => boolean, words: string]>> = {
  wecom: [(url) => url.searchParams.has('key'), '企业微信机器人的地址里有“key=”，请整个复制过来'],
  dingtalk: [
    (url) => url.searchParams.has('access_token'),
    '钉钉机器人的地址里有“access_token=”，请整个复制过来',
  ],
  feishu: [
    (url) => url.pathname.includes('/hook/'),
    '飞书机器人的地址里有“/hook/”，请整个复制过来',
  ],
  plain: [() => true, ''],
};

/** @throws {Refused} invalid, at the address */
function checkAddress({ outbound }: Context, { format, url }: Input): void {
  const [isWhole, words] = WHOLE[format];
  const fault = outbound.faultOf(url) ?? (isWhole(new URL(url)) ? undefined : words);
  if (fault) throw new Refused(CORE.invalid, { errors: [{ path: '/url', message: fault }] });
}

/** @returns it, and the secret where one was made for it */
export function addWebhook(
  ctx: Context,
  slug: string,
  input: Input,
): Promise<z.infer<typeof webhookAdded>> {
  return write(ctx, { name: 'webhook.add', input: { slug, ...input } }, (tx) => {
    const place = allowIn(tx, ctx, 'webhook.manage', slug);
    checkAddress(ctx, input);
    if (allOf(tx, place).length >= MOST) throw new Refused(WEBHOOKS.tooManyWebhooks);
    const made = input.format === 'plain' && !input.secret ? newSecret() : null;
    const secret = input.secret ?? made;
    const row = tx
      .insert(webhook)
      .values({
        id: newId(),
        salonId: place.id,
        name: input.name,
        format: input.format,
        sealedUrl: ctx.secret.seal('webhook', input.url),
        sealedSecret: secret && ctx.secret.seal('webhook', secret),
        groups: input.groups,
        createdBy: signedIn(ctx),
        createdAt: ctx.clock(),
      })
      .returning()
      .get();
    const detail = { format: row.format };
    record(tx, ctx, { action: 'webhook.add', salonId: place.id, subject: row.id, detail });
    return { webhook: shown(ctx.secret, row), secret: made };
  });
}

const newSecret = (): string => randomBytes(24).toString('base64url');

/** What was still to be sent to it is dropped by whoever sends. */
export async function removeWebhook(ctx: Context, slug: string, id: string): Promise<void> {
  await write(ctx, { name: 'webhook.remove', input: { slug, id } }, (tx) => {
    const place = allowIn(tx, ctx, 'webhook.manage', slug);
    const found = findWebhook(tx, place, id);
    // Its address and its secret are of no more use to anybody here.
    tx.update(webhook)
      .set({ removedAt: ctx.clock(), sealedUrl: '', sealedSecret: null, trouble: null })
      .where(eq(webhook.id, found.id))
      .run();
    record(tx, ctx, { action: 'webhook.remove', salonId: place.id, subject: found.id });
    return null;
  });
}

/** Sends a word now, so that the host sees in the group whether it arrives. */
export async function tryWebhook(
  ctx: Context,
  slug: string,
  id: string,
): Promise<z.infer<typeof webhookTried>> {
  const place = allowIn(ctx.db.orm, ctx, 'webhook.manage', slug);
  const row = findWebhook(ctx.db.orm, place, id);
  const outcome = await sendToWebhook(ctx, row, trial(ctx, place));
  await write(ctx, { name: 'webhook.try', input: { slug, id } }, (tx) => {
    const accepted = outcome.is === 'accepted';
    noteOutcome(tx, row.id, outcome, ctx.clock());
    const detail = { arrived: accepted };
    record(tx, ctx, { action: 'webhook.try', salonId: place.id, subject: row.id, detail });
    return null;
  });
  return outcome.is === 'accepted'
    ? { accepted: true, text: '机器人收下了，请到群里看一眼。' }
    : { accepted: false, text: outcome.trouble };
}

const trial = (ctx: Context, { name, slug }: Salon): Message => ({
  id: newId(),
  salon: name,
  lines: [
    {
      kind: 'webhook.trial',
      text: '这是一条测试：沙龙的通知以后会发到这里。',
      link: `${ctx.origin}/salon/?salon=${slug}`,
      at: ctx.clock(),
    },
  ],
});

/** What its host sees beside it. */
export function noteOutcome(tx: Reader, id: string, outcome: Outcome, now: number): void {
  const noted =
    outcome.is === 'accepted' ? { lastOkAt: now, trouble: null } : { trouble: outcome.trouble };
  tx.update(webhook)
    .set(noted)
    .where(and(eq(webhook.id, id), isNull(webhook.removedAt)))
    .run();
}
