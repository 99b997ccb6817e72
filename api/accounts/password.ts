import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { CORE, Refused } from '../core/refused.ts';

/** argon2id as OWASP asks for: 19 MiB, 2 passes, 1 lane; about 30 ms here. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const TAG_BYTES = 32;
const SALT_BYTES = 16;

/** Hashes in work at once, and waiting. More would take all memory and all threads. */
const AT_ONCE = 4;
const WAITING = 100;

const derive = promisify(argon2);
let running = 0;
const queue: (() => void)[] = [];

/** @throws {Refused} busy, when too many wait already */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (queue.length >= WAITING) throw new Refused(CORE.busy, { retryAfter: 5 });
    await new Promise<void>((resolve) => queue.push(resolve));
  }
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    queue.shift()?.();
  }
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** Two spellings of one character must be one password. */
const message = (password: string): Buffer => Buffer.from(password.normalize('NFC'), 'utf8');

/** @returns a PHC string, `$argon2id$v=19$m=19456,t=2,p=1$salt$tag` */
export function hashPassword(password: string): Promise<string> {
  return inTurn(async () => {
    const nonce = randomBytes(SALT_BYTES);
    const tag = await derive('argon2id', {
      message: message(password),
      nonce,
      tagLength: TAG_BYTES,
      ...COST,
    });
    const { memory, passes, parallelism } = COST;
    return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(nonce)}$${base64(tag)}`;
  });
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** Of no password; costs the same to check as a real one. */
const NOBODY = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(Buffer.alloc(SALT_BYTES))}$${base64(Buffer.alloc(TAG_BYTES))}`;

/**
 * @param stored a PHC string; without one the answer is no, after just as long
 * @returns whether the password is the one that was hashed
 */
export function verifyPassword(
  password: string,
  stored: string | null | undefined,
): Promise<boolean> {
  return inTurn(async () => {
    const [, memory, passes, parallelism, salt = '', tag = ''] = PHC.exec(stored ?? NOBODY) ?? [];
    const expected = Buffer.from(tag, 'base64');
    const actual = await derive('argon2id', {
      message: message(password),
      nonce: Buffer.from(salt, 'base64'),
      tagLength: expected.length,
      memory: Number(memory),
      passes: Number(passes),
      parallelism: Number(parallelism),
    });
    return timingSafeEqual(Buffer.from(actual), expected) && stored != null;
  });
}
