import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { blindSign } from '../../api/ballot/blindSign.ts';
import { isSigned } from '../../api/ballot/genuine.ts';
import { SUITE } from '../../api/ballot/rules.ts';
import { blind, inverse, toBytes, toInt } from '../support/blinding.ts';

// RFC 9474, Appendix A.1: the vector of RSABSSA-SHA384-PSS-Randomized.
const hex = z
  .string()
  .regex(/^([0-9a-f]{2})+$/)
  .transform((text) => Buffer.from(text, 'hex'));
const vector = z
  .object({
    source: z.literal(`RFC 9474, Appendix A.1, ${SUITE}`),
    p: hex,
    q: hex,
    n: hex,
    e: hex,
    d: hex,
    msg: hex,
    msg_prefix: hex,
    salt: hex,
    inv: hex,
    blinded_msg: hex,
    blind_sig: hex,
    sig: hex,
  })
  .parse(JSON.parse(readFileSync(new URL('rfc9474.json', import.meta.url), 'utf8')));
const { n, e, blinded_msg: blinded, blind_sig: blindSig, sig, inv, salt } = vector;
const input = Buffer.concat([vector.msg_prefix, vector.msg]);
const modulus = toInt(n);

const text = (value: bigint, length = 256): string => toBytes(value, length).toString('base64url');
const [p, q, d] = [toInt(vector.p), toInt(vector.q), toInt(vector.d)];
const publicJwk = { kty: 'RSA', n: n.toString('base64url'), e: e.toString('base64url') };
const secret = createPrivateKey({
  format: 'jwk',
  key: {
    ...publicJwk,
    d: text(d, 512),
    p: text(p),
    q: text(q),
    dp: text(d % (p - 1n)),
    dq: text(d % (q - 1n)),
    qi: text(inverse(q, p)),
  },
});
const publicKey = createPublicKey({ format: 'jwk', key: publicJwk });
const spki = publicKey.export({ type: 'spki', format: 'der' });

function raise(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let [left, square] = [exponent, base]; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** With one bit turned. */
function wrong(bytes: Uint8Array, at = bytes.length - 2): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
  return copy;
}

/** The library that browsers use. */
const library = RSABSSA.SHA384.PSS.Randomized();
const browserKey = () =>
  crypto.subtle.importKey(
    'spki',
    new Uint8Array(spki),
    { name: 'RSA-PSS', hash: 'SHA-384' },
    true,
    ['verify'],
  );

describe('RFC 9474, Appendix A.1', () => {
  it('is of this suite, and its numbers belong together', () => {
    expect(library.toString()).toBe(SUITE);
    expect(p * q).toBe(modulus);
    expect((toInt(e) * d) % (p - 1n)).toBe(1n);
    expect((toInt(e) * d) % (q - 1n)).toBe(1n);
  });

  it('signs as the RFC does, and the signature opens to what was signed', () => {
    expect(blindSign(secret, blinded)).toEqual(blindSig);
    expect(raise(toInt(blindSig), toInt(e))).toBe(toInt(blinded));
    expect(raise(toInt(wrong(blindSig)), toInt(e))).not.toBe(toInt(blinded));
    expect(blindSign(secret, wrong(blinded))).not.toEqual(blindSig);
  });

  it('signs nothing that is no number below the modulus, or that signs itself', () => {
    for (const value of [0n, 1n, modulus - 1n, modulus, modulus + 2n]) {
      expect(blindSign(secret, toBytes(value, 512))).toBeUndefined();
    }
    expect(blindSign(secret, toBytes(2n, 512))).toEqual(toBytes(raise(2n, d), 512));
  });

  it('is accepted by our verification, and nothing else is', () => {
    expect(isSigned(publicKey, input, sig)).toBe(true);
    for (const at of [0, 31, 32, input.length - 1]) {
      expect(isSigned(publicKey, wrong(input, at), sig)).toBe(false);
    }
    for (const at of [1, 255, 511]) expect(isSigned(publicKey, input, wrong(sig, at))).toBe(false);
    expect(isSigned(publicKey, vector.msg, sig)).toBe(false);
    expect(isSigned(publicKey, input, blindSig)).toBe(false);
    expect(isSigned(publicKey, input, sig.subarray(1))).toBe(false);
    expect(isSigned(publicKey, input, toBytes(toInt(sig) + modulus, 513))).toBe(false);
  });

  it('is blinded and unblinded so by the tests’ own code', () => {
    const mine = blind(spki, input, salt, toInt(inv));
    expect(mine.blinded).toEqual(blinded);
    expect(mine.unblind(blindSig)).toEqual(sig);
    expect(blind(spki, input, wrong(salt), toInt(inv)).blinded).not.toEqual(blinded);
  });
});

describe('the library that browsers use', () => {
  it('finalizes the vector, and verifies it', async () => {
    const key = await browserKey();
    expect(Buffer.from(await library.finalize(key, input, blindSig, inv))).toEqual(sig);
    expect(await library.verify(key, sig, input)).toBe(true);
    expect(await library.verify(key, wrong(sig), input)).toBe(false);
  });

  test.each([
    ['message', wrong(input), blindSig, inv],
    ['blind signature', input, wrong(blindSig), inv],
    ['inverse', input, blindSig, wrong(inv)],
  ])('refuses a wrong %s', async (_, message, answer, factor) => {
    await expect(library.finalize(await browserKey(), message, answer, factor)).rejects.toThrow();
  });

  it('blinds what we sign, and what it makes of it is accepted', async () => {
    const key = await browserKey();
    const made = await library.blind(key, input);
    const answer = blindSign(secret, made.blindedMsg);
    expect(answer).toBeDefined();
    const signature = await library.finalize(key, input, answer ?? new Uint8Array(), made.inv);
    expect(isSigned(publicKey, input, signature)).toBe(true);
  });
});
