import { and, eq, isNotNull, isNull, or } from 'drizzle-orm';
import { person } from '../../db/schema/index.ts';
import { record } from '../core/audit.ts';
import type { Context } from '../core/context.ts';
import { addressKey, type Limits } from '../core/http/limits.ts';
import { write } from '../core/write.ts';
import { issuePass } from './passes.ts';
import { canonicalLogin, MAILED_RESET_MS } from './rules.ts';

/**
 * Mails a link to set a new password, if there is such an account with an address. The answer is
 * the same in any case and comes before the mail is made, so it tells nothing.
 */
export async function requestReset(given: Context, limits: Limits, typed: string): Promise<void> {
  const ctx: Context = { ...given, actor: undefined, replayKey: undefined };
  await limits.consume('addressFailure', addressKey(ctx.address));
  const login = canonicalLogin(typed);
  await limits.consume('resetMail', ctx.secret.digest('login', login));
  if (ctx.sendMail) void mailReset(ctx, login, ctx.sendMail);
}

async function mailReset(
  ctx: Context,
  login: string,
  sendMail: NonNullable<Context['sendMail']>,
): Promise<void> {
  try {
    const found = ctx.db.orm
      .select()
      .from(person)
      .where(
        and(
          or(eq(person.phone, login), eq(person.userName, login), eq(person.email, login)),
          isNotNull(person.email),
          isNull(person.deactivatedAt),
        ),
      )
      .get();
    if (!found?.email || (found.isDemo && ctx.production)) return;
    const pass = await write(ctx, { name: 'pass.mail', input: null }, (tx) => {
      record(tx, ctx, { action: 'pass.mail', subject: found.id });
      return issuePass(tx, ctx, { personId: found.id, kind: 'reset', lifeMs: MAILED_RESET_MS });
    });
    await sendMail({
      to: found.email,
      subject: '重设圆桌的密码',
      text: `${found.name}，您好：\n\n请在一小时内打开下面的链接，为您的账号设一个新密码。\n\n${pass.link}\n\n如果不是您本人申请的，不用理会这封信，密码不会变。\n`,
    });
  } catch (error) {
    ctx.log.error({ err: error, requestId: ctx.requestId }, 'reset mail not sent');
  }
}
