import type { Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** What the server does with one mail. */
export type Behaviour =
  | 'accept'
  /** 451 after DATA. */
  | 'fail'
  /** 550 at RCPT. */
  | 'noMailbox'
  /** 550 5.7.1 at RCPT: about us, not about the mailbox. */
  | 'policy'
  /** 550 at MAIL FROM. */
  | 'badSender'
  | 'hangAfterData'
  /** Takes the mail, and the connection breaks before it says so. */
  | 'dropAfterData';

export interface Caught {
  /** As the envelope says. */
  readonly to: readonly string[];
  readonly raw: string;
  readonly mail: ParsedMail;
}

/** A real SMTP server on loopback that behaves as it is told. */
export interface Smtp {
  readonly url: string;
  /** What it accepted, in that order. */
  readonly letters: Caught[];
  /** Connections so far. */
  readonly met: { connections: number };
  /** Of each mail it is offered. */
  behave: (to: string) => Behaviour;
  greets: boolean;
  close(): Promise<void>;
}

const refusal = (responseCode: number, words: string): Error =>
  Object.assign(new Error(words), { responseCode });

export async function startSmtp(): Promise<Smtp> {
  const sockets = new Set<Socket>();
  const letters: Caught[] = [];
  const met = { connections: 0 };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onConnect(_, done) {
      met.connections += 1;
      if (smtp.greets) done();
    },
    onMailFrom(_, __, done) {
      done(smtp.behave('') === 'badSender' ? refusal(550, '5.1.8 no such sender') : null);
    },
    onRcptTo({ address }, _, done) {
      const what = smtp.behave(address);
      if (what === 'noMailbox') return done(refusal(550, '5.1.1 no such user'));
      if (what === 'policy') return done(refusal(550, '5.7.1 relaying denied'));
      return done();
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', async () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const what = smtp.behave(to[0] ?? '');
        if (what === 'fail') return done(refusal(451, '4.3.0 later'));
        if (what === 'hangAfterData') return;
        const raw = Buffer.concat(parts);
        letters.push({ to, raw: raw.toString('utf8'), mail: await simpleParser(raw) });
        if (what !== 'dropAfterData') return done();
        for (const socket of sockets)
          if (socket.remotePort === session.remotePort) socket.destroy();
      });
    },
  });
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const smtp: Smtp = {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    met,
    behave: () => 'accept',
    greets: true,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return smtp;
}
