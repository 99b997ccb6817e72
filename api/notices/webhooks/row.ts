import type { z } from 'zod';
import type { webhook } from '../../../db/schema/index.ts';
import type { Secret } from '../../core/secret.ts';
import type { webhookRow } from './contract.ts';
import type { Target } from './formats.ts';

export type WebhookRow = typeof webhook.$inferSelect;

/** Undefined when it was sealed with a key that is lost. */
export function targetOf(secret: Secret, row: WebhookRow): Target | undefined {
  try {
    return {
      format: row.format,
      url: secret.unseal('webhook', row.sealedUrl),
      secret: row.sealedSecret && secret.unseal('webhook', row.sealedSecret),
    };
  } catch {
    return undefined;
  }
}

const SHOWN = 4;
/** Of a secret shorter than this nothing is shown. */
const LONG = 16;

/** Enough to recognise it by. */
function masked(text: string): string {
  const { origin, pathname, search } = new URL(text);
  const end = pathname.length + search.length >= LONG ? text.slice(-SHOWN) : '';
  return `${origin}/…${end}`;
}

const moment = (at: number): string => new Date(at).toISOString();

/** As its host sees it. */
export function shown(secret: Secret, row: WebhookRow): z.infer<typeof webhookRow> {
  const target = targetOf(secret, row);
  return {
    id: row.id,
    name: row.name,
    format: row.format,
    address: target ? masked(target.url) : LOST,
    hasSecret: row.sealedSecret !== null,
    groups: [...row.groups],
    createdAt: moment(row.createdAt),
    lastOkAt: row.lastOkAt === null ? null : moment(row.lastOkAt),
    trouble: row.trouble,
  };
}

export const LOST = '密钥文件换过，地址打不开了，请移除后重新添加。';
