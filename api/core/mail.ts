import { createTransport } from 'nodemailer';
import type { Mail } from './context.ts';

/** Milliseconds. No server is waited for longer, however it hangs or trickles. */
interface Patience {
  /** For the connection, and then for its greeting. */
  readonly begin: number;
  /** For each answer. */
  readonly silence: number;
  /** For one mail altogether. */
  readonly whole: number;
}
const PATIENCE: Patience = { begin: 10_000, silence: 30_000, whole: 60_000 };

export interface Mailer {
  (mail: Mail): Promise<void>;
  /** Cuts what is under way, too. */
  close(): void;
}

/**
 * Sends by the installation's mail server, over one connection that is kept while there is more.
 * @param smtpUrl such as `smtps://user:password@smtp.example.cn`
 * @param from the sender's address
 */
export function createMailer(smtpUrl: string, from: string, patience = PATIENCE): Mailer {
  const transport = createTransport(
    {
      url: smtpUrl,
      pool: true,
      maxConnections: 1,
      // Only what was dropped before a byte of it was sent is tried again unasked.
      maxRequeues: 1,
      idleTimeout: 20_000,
      dnsTimeout: patience.begin,
      connectionTimeout: patience.begin,
      greetingTimeout: patience.begin,
      socketTimeout: patience.silence,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  const send = async ({ to, ...mail }: Mail): Promise<void> => {
    const signal = AbortSignal.timeout(patience.whole);
    // As an object, one address is one address whatever stands in it.
    await transport.sendMail({ ...mail, to: { name: '', address: to }, signal });
  };
  return Object.assign(send, { close: () => transport.close({ force: true }) });
}
