import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What a sealed text or a digest is for; a value made for one purpose fits no other. */
export type Purpose =
  | 'pass'
  | 'login'
  | 'recovery'
  | 'totp'
  | 'replay'
  | 'audit'
  | 'check'
  | 'calendar'
  | 'guest'
  | 'checkIn'
  | 'webhook'
  | 'unsubscribe';

/**
 * The installation's secret key in use. It lives beside the database, never in it or its backups:
 * a stolen database opens no second factor, no invitation, and cannot forge the audit's seal.
 */
export interface Secret {
  /** Keyed digest (HMAC-SHA-256), base64url, for looking a secret up without storing it. */
  digest(purpose: Purpose, text: string): string;
  /** Encrypts and authenticates (AES-256-GCM). */
  seal(purpose: Purpose, text: string): string;
  /** @throws {Error} when the text was sealed with another key or for another purpose */
  unseal(purpose: Purpose, sealed: string): string;
}

/** @param key 32 bytes */
export function createSecret(key: Uint8Array): Secret {
  const keys = new Map<string, Buffer>();
  const derive = (purpose: Purpose, use: 'digest' | 'seal'): Buffer => {
    const name = `${use} ${purpose}`;
    let derived = keys.get(name);
    if (!derived) {
      derived = Buffer.from(hkdfSync('sha256', key, 'yuanzhuo', name, 32));
      keys.set(name, derived);
    }
    return derived;
  };
  return {
    digest: (purpose, text) =>
      createHmac('sha256', derive(purpose, 'digest')).update(text).digest('base64url'),
    seal(purpose, text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', derive(purpose, 'seal'), nonce);
      const sealed = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return Buffer.concat(sealed).toString('base64url');
    },
    unseal(purpose, sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv(
        'aes-256-gcm',
        derive(purpose, 'seal'),
        bytes.subarray(0, 12),
      );
      decipher.setAuthTag(bytes.subarray(-16));
      return decipher.update(bytes.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}

/** The key file holds something else. */
export class NotAKey extends Error {
  override name = 'NotAKey';
}

/**
 * Reads the key, making it on first use with access for its owner only.
 * @throws {NotAKey} when the file is there but is not a key
 */
export function readSecretKey(file: string): Buffer {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    // 'wx': of two processes that start at once, one makes the key and the other reads it.
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  chmodSync(file, 0o600);
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text)) throw new NotAKey(`${file} is not a key of 64 hex digits`);
  return Buffer.from(text, 'hex');
}

/** Compares without telling by time how much was right. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
