import { createHash } from 'node:crypto';

// RSASSA-PSS-VERIFY of RFC 8017 written out, so that a recount shares no verification with the
// server: of node:crypto only the hash is used.

/** Octets of an RSA-3072 modulus, and of its signatures. */
const LENGTH = 384;
/** SHA-384, and the salt as long as the hash. */
const HASH = 48;

/** The DER of a SubjectPublicKeyInfo with rsaEncryption is fixed but for the modulus. */
const BEFORE = Buffer.from(
  '308201a2300d06092a864886f70d01010105000382018f003082018a0282018100',
  'hex',
);
const AFTER = Buffer.from('0203010001', 'hex');
const E = 65537n;

/** @param {Uint8Array[]} parts */
function sha384(...parts) {
  const hash = createHash('sha384');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** OS2IP. @param {Uint8Array} octets */
const toInteger = (octets) => BigInt(`0x${Buffer.from(octets).toString('hex')}`);

/** I2OSP. @param {bigint} integer */
const toOctets = (integer) => Buffer.from(integer.toString(16).padStart(2 * LENGTH, '0'), 'hex');

/** @param {bigint} base @param {bigint} exponent @param {bigint} modulus */
function power(base, exponent, modulus) {
  let result = 1n;
  for (let bits = exponent, square = base; bits > 0n; bits >>= 1n) {
    if (bits & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/**
 * @param {Uint8Array} der SPKI
 * @returns {bigint | undefined} the modulus; nothing unless the key is RSA-3072 with e = 65537
 */
export function readPublicKey(der) {
  const key = Buffer.from(der);
  const end = BEFORE.length + LENGTH;
  if (!key.subarray(0, BEFORE.length).equals(BEFORE)) return undefined;
  if (!key.subarray(end).equals(AFTER)) return undefined;
  const modulus = toInteger(key.subarray(BEFORE.length, end));
  return modulus >> 3071n === 1n && modulus & 1n ? modulus : undefined;
}

/** MGF1 with SHA-384, appendix B.2.1. @param {Uint8Array} seed @param {number} length */
function mask(seed, length) {
  const blocks = [];
  for (let counter = 0; counter * HASH < length; counter += 1) {
    const octets = Buffer.alloc(4);
    octets.writeUInt32BE(counter);
    blocks.push(sha384(seed, octets));
  }
  return Buffer.concat(blocks).subarray(0, length);
}

/**
 * EMSA-PSS-VERIFY, §9.1.2, for 3071 bits: one bit of the first octet is unused.
 * @param {Uint8Array} message
 * @param {Buffer} encoded
 */
function isEncodingOf(message, encoded) {
  const dbLength = LENGTH - HASH - 1;
  const maskedDb = encoded.subarray(0, dbLength);
  const hash = encoded.subarray(dbLength, LENGTH - 1);
  if (encoded[LENGTH - 1] !== 0xbc || (maskedDb[0] ?? 0) & 0x80) return false;
  const dbMask = mask(hash, dbLength);
  const db = maskedDb.map((octet, at) => octet ^ (dbMask[at] ?? 0));
  db[0] = (db[0] ?? 0) & 0x7f;
  const padding = dbLength - HASH - 1;
  if (db.subarray(0, padding).some((octet) => octet !== 0) || db[padding] !== 1) return false;
  return hash.equals(sha384(Buffer.alloc(8), sha384(message), db.subarray(padding + 1)));
}

/**
 * RSASSA-PSS-VERIFY, §8.1.2.
 * @param {bigint} modulus of `readPublicKey`
 * @param {Uint8Array} message
 * @param {Uint8Array} signature
 */
export function verifyPss(modulus, message, signature) {
  const representative = toInteger(signature);
  if (signature.length !== LENGTH || representative >= modulus) return false;
  return isEncodingOf(message, toOctets(power(representative, E, modulus)));
}
