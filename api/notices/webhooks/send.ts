import type { Services } from '../../core/context.ts';
import type { Outcome, WebhookSender } from '../postman/types.ts';
import { callFor, type Message, outcomeOf, type Target } from './formats.ts';
import { LOST, targetOf, type WebhookRow } from './row.ts';

type Needs = Pick<Services, 'secret' | 'outbound' | 'clock'>;

/** Calls one webhook, once. What it says holds nothing of the address or the secret. */
export async function sendToWebhook(
  { secret, outbound, clock }: Needs,
  row: WebhookRow,
  message: Message,
): Promise<Outcome> {
  const target = targetOf(secret, row);
  if (!target) return { is: 'refused', trouble: LOST };
  const answer = await outbound.post(callFor(target, message, clock()));
  const outcome = outcomeOf(target.format, answer);
  if (outcome.is === 'accepted') return outcome;
  return { ...outcome, trouble: without(secretsOf(target), outcome.trouble) };
}

/** For the postman. */
export const webhookSender =
  (services: Needs): WebhookSender =>
  ({ id, webhook }, items) =>
    sendToWebhook(services, webhook, { id, salon: items[0]?.salon ?? '', lines: items });

const SECRET_LENGTH = 8;

/** What must not come back out of the mouth of the other side, longest first. */
function secretsOf({ url, secret }: Target): string[] {
  const { pathname, searchParams } = new URL(url);
  const parts = [url, ...pathname.split('/'), ...searchParams.values(), secret ?? ''];
  return parts
    .filter((part) => part.length >= SECRET_LENGTH)
    .sort((one, other) => other.length - one.length);
}

const without = (secrets: readonly string[], words: string): string =>
  secrets.reduce((text, one) => text.replaceAll(one, '…'), words);
