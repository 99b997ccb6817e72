import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Reader } from '../../db/client.ts';
import { person } from '../../db/schema/index.ts';
import type { Context } from '../core/context.ts';
import { Refused } from '../core/refused.ts';
import type { Secret } from '../core/secret.ts';
import { write } from '../core/write.ts';
import { setTiming } from './chosen.ts';
import { emptyOutbox } from './outbox.ts';
import { NOTICES } from './refusals.ts';

/** Whose mail it is, and to which address: an address that was given up stops nothing any more. */
const sealed = z.strictObject({ personId: z.string(), email: z.string() });

/** Stands in each mail, and stops all mail without signing in. */
export const unsubscribeToken = (secret: Secret, of: z.infer<typeof sealed>): string =>
  secret.seal('unsubscribe', JSON.stringify({ personId: of.personId, email: of.email }));

/** @throws {Refused} mailLinkInvalid */
function readToken(reader: Reader, secret: Secret, token: string): string {
  const { personId, email } = opened(secret, token);
  const found = reader.select().from(person).where(eq(person.id, personId)).get();
  if (found?.email !== email) throw new Refused(NOTICES.mailLinkInvalid);
  return personId;
}

function opened(secret: Secret, token: string): z.infer<typeof sealed> {
  try {
    return sealed.parse(JSON.parse(secret.unseal('unsubscribe', token)));
  } catch {
    throw new Refused(NOTICES.mailLinkInvalid);
  }
}

/**
 * Stops all mail to whoever the token was made for, or starts it again; once or often.
 * @throws {Refused} mailLinkInvalid
 */
export async function unsubscribe(ctx: Context, token: string, stop: boolean): Promise<void> {
  await write(ctx, { name: 'mail.stop', input: stop }, (tx) => {
    const personId = readToken(tx, ctx.secret, token);
    setTiming(tx, personId, { stoppedAt: stop ? ctx.clock() : null });
    if (stop) emptyOutbox(tx, personId);
    return null;
  });
}
