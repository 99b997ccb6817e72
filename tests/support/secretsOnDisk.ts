import { createPrivateKey } from 'node:crypto';

/** What of a ballot must not be anywhere but in the ballots' own file, and of its key nowhere. */
export interface Secrets {
  /** Base64url, by what they are. */
  readonly texts: Readonly<Record<string, readonly string[]>>;
  /** PKCS#8. */
  readonly privateKeys: readonly Uint8Array[];
}

/** So many bytes of a secret in a row are no accident. */
const WINDOW = 16;

const windowsOf = (bytes: Buffer): Buffer[] =>
  Array.from({ length: bytes.length - WINDOW + 1 }, (_, at) => bytes.subarray(at, at + WINDOW));

/** As bytes, as hex, and as base64 of either alphabet. */
function writings(text: string): Buffer[] {
  const bytes = Buffer.from(text, 'base64url');
  const texts = [text, bytes.toString('base64'), bytes.toString('hex')];
  return [bytes, ...texts.map((one) => Buffer.from(one))];
}

function numbersOf(pkcs8: Uint8Array): string[] {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const { d, p, q, dp, dq, qi } = key.export({ format: 'jwk' });
  return [d, p, q, dp, dq, qi].map((text) => text ?? '');
}

/** Every stretch of every secret, by its first four bytes. */
type Index = ReadonlyMap<number, readonly { readonly what: string; readonly bytes: Buffer }[]>;

export function indexOf({ texts, privateKeys }: Secrets): Index {
  const all = { ...texts, 'a private key': privateKeys.flatMap(numbersOf) };
  const index = new Map<number, { what: string; bytes: Buffer }[]>();
  for (const [what, secrets] of Object.entries(all)) {
    for (const bytes of secrets.flatMap(writings).flatMap(windowsOf)) {
      const first = bytes.readUInt32LE();
      const before = index.get(first);
      if (before) before.push({ what, bytes });
      else index.set(first, [{ what, bytes }]);
    }
  }
  return index;
}

/** @returns which kinds of secret the bytes hold a stretch of */
export function secretsIn(content: Buffer, index: Index): string[] {
  const found = new Set<string>();
  for (let at = 0; at + WINDOW <= content.length; at += 1) {
    for (const { what, bytes } of index.get(content.readUInt32LE(at)) ?? []) {
      if (bytes.compare(content, at, at + WINDOW) === 0) found.add(what);
    }
  }
  return [...found].sort();
}

/** What is found in which file. */
export const secretsInFiles = (files: ReadonlyMap<string, Buffer>, index: Index): string[] =>
  [...files].flatMap(([name, content]) =>
    secretsIn(content, index).map((what) => `${what} in ${name}`),
  );
