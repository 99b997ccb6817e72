import type { Outcome } from './types.ts';

/** What a mail server's answer, or its silence, means. */

interface SmtpError {
  readonly code?: unknown;
  readonly originalCode?: unknown;
  readonly command?: unknown;
  readonly responseCode?: unknown;
  readonly response?: unknown;
  readonly timeoutType?: unknown;
}

export async function outcomeOf(send: () => Promise<void>): Promise<Outcome> {
  try {
    await send();
    return { is: 'accepted' };
  } catch (error) {
    return failure(error instanceof Error ? (error as Error & SmtpError) : {});
  }
}

/** @param error as nodemailer throws it */
export function failure(error: SmtpError): Outcome {
  const { responseCode, command } = error;
  if (error.code === 'EENVELOPE' && command === 'API')
    return { is: 'refused', trouble: NO_ADDRESS };
  if (typeof responseCode !== 'number') return unanswered(error);
  if (command === 'RCPT TO' && responseCode >= 500 && !isPolicy(error.response))
    return { is: 'refused', trouble: `邮件服务器说没有这个邮箱（${responseCode}）` };
  const forAll = command !== 'RCPT TO' && command !== 'DATA';
  const trouble = `邮件服务器没有接收（${responseCode}）`;
  return { is: 'failed', trouble, inDoubt: false, forAll: forAll || responseCode === 421 };
}

const NO_ADDRESS = '邮箱的写法不对，发不出去';

/** 5.7.x is about us or the mail, not about whether the mailbox is there. */
const isPolicy = (response: unknown): boolean => / 5\.7\.\d/.test(String(response));

/** No connection, so no byte of the mail can have arrived. */
const NO_WAY = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN']);
const BEFORE = new Set(['EDNS', 'ETLS', 'EAUTH', 'ENOAUTH', 'ECONFIG']);
const BEGINNING = new Set(['GREETING_TIMEOUT', 'CONNECT_TIMEOUT']);

function unanswered({ code, originalCode, command, timeoutType }: SmtpError): Outcome {
  const surelyNot =
    NO_WAY.has(String(originalCode)) ||
    BEFORE.has(String(code)) ||
    BEGINNING.has(String(timeoutType)) ||
    // Closed before its greeting, twice.
    (code === 'ECONNECTION' && command === undefined);
  const trouble = surelyNot ? '连不上邮件服务器' : '邮件服务器中途没有回应';
  return { is: 'failed', trouble, inDoubt: !surelyNot, forAll: true };
}
