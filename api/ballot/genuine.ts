import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { Refused } from '../core/refused.ts';
import { BALLOT } from './refusals.ts';
import { messageOf, SALT_BYTES } from './rules.ts';
import type { Vote } from './types.ts';

/**
 * Forged votes that are looked at in a window, from wherever they come; then nobody casts until it is
 * over. So short that whoever is refused with them is let in at the next try.
 */
const FORGED = 200;
const FORGED_WINDOW_MS = 1000;

/** The suite's RSASSA-PSS. @param publicKey SPKI */
export function isSigned(
  publicKey: KeyObject,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: SALT_BYTES };
  return verify('sha384', message, { key: publicKey, ...pss }, signature);
}

/** Tells votes that bear their ballot's signature, and how many did not of late. */
export class Genuine {
  readonly #monotonic: () => number;
  readonly #keys = new Map<string, KeyObject>();
  #forged = { since: Number.NEGATIVE_INFINITY, count: 0 };

  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
  }

  /**
   * @param publicKey SPKI, base64url
   * @throws {Refused} badSignature, tooManyForged
   */
  require(publicKey: string, { ballot, token, prefix, signature }: Vote): void {
    const now = this.#monotonic();
    if (now - this.#forged.since > FORGED_WINDOW_MS) this.#forged = { since: now, count: 0 };
    if (this.#forged.count >= FORGED) {
      throw new Refused(BALLOT.tooManyForged, { retryAfter: FORGED_WINDOW_MS / 1000 });
    }
    const key = this.#keys.get(ballot) ?? importKey(publicKey);
    this.#keys.set(ballot, key);
    const message = Buffer.concat([Buffer.from(prefix, 'base64url'), messageOf(ballot, token)]);
    if (isSigned(key, message, Buffer.from(signature, 'base64url'))) return;
    this.#forged.count += 1;
    throw new Refused(BALLOT.badSignature);
  }

  /** Its votes are over. */
  forget(ballot: string): void {
    this.#keys.delete(ballot);
  }
}

const importKey = (publicKey: string): KeyObject =>
  createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' });
