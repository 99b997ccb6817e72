import type { Database } from '../../db/client.ts';
import type { BallotBox } from '../ballot/box.ts';
import type { FileStore } from '../files/store.ts';
import type { Library } from '../library/names.ts';
import type { Live } from './live.ts';
import type { Outbound } from './outbound/outbound.ts';
import type { Secret } from './secret.ts';

/** The signed-in person, as their session says. */
export interface Actor {
  readonly personId: string;
  /** Of this device's session; not its bearer. */
  readonly sessionId: string;
  readonly isAdmin: boolean;
  /** Whether the second factor was given when this session began. */
  readonly secondFactor: boolean;
}

/** Signed-in devices. */
export interface Sessions {
  /** @returns the bearer to put in the cookie */
  start(personId: string, attributes: SessionAttributes): Promise<string>;
  /** Who the bearer is now, or undefined when it is unknown, ended or expired. */
  read(bearer: string): Promise<Actor | undefined>;
  end(bearer: string): Promise<void>;
  /** Removes what has expired. @returns how many */
  sweep(): number;
}

export interface SessionAttributes {
  /** What the person will recognise the device by, e.g. 微信 · 安卓手机. */
  readonly device: string;
  readonly secondFactor: boolean;
}

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
  /** The same for each try, so that a mailbox can tell a second copy. */
  readonly messageId?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What the application is given from outside, once. */
export interface Services {
  readonly db: Database;
  readonly secret: Secret;
  /** What people have uploaded. */
  readonly files: FileStore;
  /** What the library's pages are called. */
  readonly library: Library;
  /** The secret votes, in a file of their own. */
  readonly ballots: BallotBox;
  readonly sessions: Sessions;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly log: Log;
  /** Production asks hosts and admins for a second factor and knows no demo sign-ins. */
  readonly production: boolean;
  /** Sends one mail, where the installation has a mail server. */
  readonly sendMail?: ((mail: Mail) => Promise<void>) | undefined;
  /** Calls addresses that people have typed. */
  readonly outbound: Outbound;
  /** Changes whenever this process has written; what was read before may be stale then. */
  readonly changes: { count: number };
  /** Tells the open pages of a salon that something there has changed. */
  readonly live: Live;
}

/** What a verb is given: the services, and whose request it is. */
export interface Context extends Services {
  readonly actor: Actor | undefined;
  readonly requestId: string;
  /** The visitor's network address, for limits only; never stored, never logged. */
  readonly address: string;
  /** The scheme and host under which the visitor sees the site, for links. */
  readonly origin: string;
  /** The Idempotency-Key header. */
  readonly replayKey: string | undefined;
}
