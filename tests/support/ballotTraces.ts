import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';

/** What must not be found, or not together, by whoever has the disk afterwards. */
export interface Known {
  /** PKCS#8. */
  readonly privateKeys: readonly Uint8Array[];
  /** Blinded values and blind signatures, base64url. */
  readonly signed: readonly string[];
  readonly seats: readonly string[];
  readonly tokens: readonly string[];
}

const PAGE = 4096;
/** So many bytes of a secret number in a row are no accident. */
const WINDOW = 16;

/** Everything under the folder, by its name there. */
export function contentOf(dir: string): ReadonlyMap<string, Buffer> {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(dir.length + 1), readFileSync(path)];
    }),
  );
}

/** The secret numbers of a key: d, p, q and what follows from them. */
function secretsOf(pkcs8: Uint8Array): Buffer[] {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const { d, p, q, dp, dq, qi } = key.export({ format: 'jwk' });
  return [d, p, q, dp, dq, qi].map((text) => Buffer.from(text ?? '', 'base64url'));
}

const windows = (bytes: Buffer): Buffer[] =>
  Array.from({ length: bytes.length - WINDOW + 1 }, (_, at) => bytes.subarray(at, at + WINDOW));

const count = (bytes: Buffer, part: Uint8Array | string): number => {
  let found = 0;
  for (let at = bytes.indexOf(part); at >= 0; at = bytes.indexOf(part, at + 1)) found += 1;
  return found;
};

/** As text and as bytes: the first and the last of it, as a part may be all that is left. */
function leftOf(bytes: Buffer, text: string): boolean {
  const parts = [
    text.slice(0, 24),
    text.slice(-24),
    Buffer.from(text, 'base64url').subarray(0, 16),
  ];
  return parts.some((part) => bytes.includes(part));
}

/** What relates a seat to a token, or might, in the files of a folder; a sentence for each kind. */
export function traces(dir: string, { privateKeys, signed, seats, tokens }: Known): string[] {
  const files = contentOf(dir);
  const all = Buffer.concat([...files.values()]);
  const database = files.get('ballots.db') ?? Buffer.alloc(0);
  const pages = Array.from({ length: database.length / PAGE }, (_, index) =>
    database.subarray(index * PAGE, (index + 1) * PAGE),
  );
  const has = (page: Buffer, texts: readonly string[]): boolean =>
    texts.some((text) => page.includes(text));
  const besides = [...files].filter(([name, { length }]) => name !== 'ballots.db' && length > 0);
  const keyParts = privateKeys.flatMap(secretsOf).flatMap(windows);
  const findings: readonly (readonly [string, boolean])[] = [
    ['a file besides the database', besides.length > 0],
    ['a private key', keyParts.some((part) => all.includes(part))],
    ['what was signed', signed.some((text) => leftOf(all, text))],
    ['a token more than once', tokens.some((token) => count(all, token) !== 1)],
    ['a token as bytes', tokens.some((token) => all.includes(Buffer.from(token, 'base64url')))],
    ['a seat and a token on one page', pages.some((page) => has(page, seats) && has(page, tokens))],
    ['a write-ahead log', database.readUInt8(18) !== 1],
    ['free pages', database.readUInt32BE(36) > 0],
    ['rows in the order they came', hasRowids(join(dir, 'ballots.db'))],
    ['bytes of no row', hasMore(join(dir, 'ballots.db'), pages)],
  ];
  return findings.flatMap(([sentence, found]) => (found ? sentence : []));
}

function hasRowids(file: string): boolean {
  const sqlite = new SqliteDatabase(file, { readonly: true });
  try {
    return sqlite
      .prepare(`SELECT wr FROM pragma_table_list WHERE name NOT LIKE 'sqlite_%'`)
      .pluck()
      .all()
      .includes(0);
  } finally {
    sqlite.close();
  }
}

/** Whether a file written anew from the rows alone differs in more than its head. */
function hasMore(file: string, pages: readonly Buffer[]): boolean {
  const dir = mkdtempSync(join(tmpdir(), 'yuanzhuo-rewritten-'));
  const sqlite = new SqliteDatabase(file, { readonly: true });
  try {
    // Without it a page keeps what was moved to another one as the rows were written.
    sqlite.pragma('secure_delete = ON');
    const rewritten = join(dir, 'rewritten.db');
    sqlite.prepare('VACUUM INTO ?').run(rewritten);
    const bytes = readFileSync(rewritten);
    const same = pages.every((page, index) => {
      const from = index === 0 ? 100 : 0;
      return page.subarray(from).equals(bytes.subarray(index * PAGE + from, (index + 1) * PAGE));
    });
    return !same || bytes.length !== pages.length * PAGE;
  } finally {
    sqlite.close();
    rmSync(dir, { recursive: true });
  }
}
