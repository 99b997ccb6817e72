/** Byte strings of the ballot's formats, in the browser. */

const ENCODED = /^[A-Za-z0-9_-]+$/;

/**
 * @returns the bytes of base64url without padding; undefined where it is anything else, or not the
 *   one spelling of its bytes
 */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!ENCODED.test(text) || text.length % 4 === 1) return undefined;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const again = btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return again === text ? Uint8Array.from(binary, (letter) => letter.charCodeAt(0)) : undefined;
}

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));

/** 3F8A 91C2 04DD 77E1: as people compare it. @param hex the whole fingerprint */
export const shortFingerprint = (hex: string): string =>
  (hex.slice(0, 16).toUpperCase().match(/.{4}/g) ?? []).join(' ');
