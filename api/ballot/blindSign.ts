import {
  constants,
  createPublicKey,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
} from 'node:crypto';

/**
 * RFC 9474 BlindSign. OpenSSL blinds the operation against timing; a fault in it would betray the
 * key, so the answer is held against the question: s^e ≡ blinded (mod n).
 * @param blinded as many bytes as the modulus has
 * @returns undefined for what is no number below the modulus, and for 0, 1 and n − 1: they sign
 *   themselves, no browser makes them, and whoever took with one could never cast
 * @throws when the answer does not fit; it must not leave the thread then
 */
export function blindSign(secret: KeyObject, blinded: Uint8Array): Uint8Array | undefined {
  const raw = { padding: constants.RSA_NO_PADDING };
  let signature: Buffer;
  try {
    signature = privateDecrypt({ key: secret, ...raw }, blinded);
  } catch {
    return undefined;
  }
  if (signature.equals(blinded)) return undefined;
  const opened = publicEncrypt({ key: createPublicKey(secret), ...raw }, signature);
  if (!opened.equals(blinded)) throw new Error('A blind signature does not fit its question.');
  return signature;
}
