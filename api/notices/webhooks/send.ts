import type { Services } from '../../core/context.ts';
import { callFor, type Message, type Outcome, outcomeOf, type Target } from './formats.ts';
import { LOST, targetOf, type WebhookRow } from './row.ts';

type Needs = Pick<Services, 'secret' | 'outbound' | 'clock'>;

/** Calls one webhook, once. Never throws; what it says holds nothing of the address or the secret. */
export async function sendToWebhook(
  { secret, outbound, clock }: Needs,
  row: WebhookRow,
  message: Message,
): Promise<Outcome> {
  const target = targetOf(secret, row);
  if (!target) return { state: 'refused', words: LOST, lasting: true };
  const answer = await outbound.post(callFor(target, message, clock()));
  const outcome = outcomeOf(target.format, answer);
  return outcome.state === 'accepted'
    ? outcome
    : { ...outcome, words: without(secretsOf(target), outcome.words) };
}

/** What must not come back out of the mouth of the other side. */
function secretsOf({ url, secret }: Target): string[] {
  const { pathname, searchParams } = new URL(url);
  const parts = [url, pathname.split('/').at(-1) ?? '', ...searchParams.values(), secret ?? ''];
  return parts.filter((part) => part.length >= SECRET_LENGTH);
}
const SECRET_LENGTH = 8;

const without = (secrets: readonly string[], words: string): string =>
  secrets.reduce((text, one) => text.replaceAll(one, '…'), words);
