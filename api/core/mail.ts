import { createTransport } from 'nodemailer';
import type { Mail } from './context.ts';

/**
 * Sends by the installation's mail server.
 * @param smtpUrl such as `smtps://user:password@smtp.example.cn`
 * @param from the sender's address
 */
export function createMailer(smtpUrl: string, from: string): (mail: Mail) => Promise<void> {
  const transport = createTransport(smtpUrl, { from });
  return async ({ to, subject, text }) => {
    await transport.sendMail({ to, subject, text });
  };
}
