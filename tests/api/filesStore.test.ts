import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { inRoot } from '../../api/commands/lib/paths.mjs';
import { Refused } from '../../api/core/refused.ts';
import { FILE_LIMIT } from '../../api/files/contract.ts';
import { createFileStore, type FileStore, filesFolder } from '../../api/files/store.ts';
import { docx, jpg, pdf, pieces, png } from '../support/uploads.ts';

let root: string;
let dir: string;
let store: FileStore;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'yuanzhuo-files-'));
  dir = join(root, 'files');
  store = createFileStore(dir);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const LIMITS = { maxSize: FILE_LIMIT };
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const put = (bytes: Buffer, maxSize = FILE_LIMIT) => store.put(pieces(bytes, 7), { maxSize });
/** Every file below the folder. */
const kept = (): string[] =>
  existsSync(dir)
    ? readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
        .sort()
    : [];
const refusalOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'taken',
    (error) => (error instanceof Refused ? error.refusal.code : String(error)),
  );
async function contentOf(hash: string): Promise<Buffer | undefined> {
  const file = await store.open(hash);
  return file && Buffer.from(await new Response(await file.body()).arrayBuffer());
}
/** A whole picture of just this size, as makers write behind it. */
const sized = (size: number): Buffer => Buffer.concat([jpg(), Buffer.alloc(size - jpg().length)]);

describe('putting', () => {
  it('keeps a file by the hash of its content, for its owner alone', async () => {
    const bytes = await docx();
    const hash = sha256(bytes);
    expect(await put(bytes)).toEqual({ hash, size: bytes.length, kind: 'docx' });
    expect(kept()).toEqual([hash]);
    const path = join(dir, hash.slice(0, 2), hash);
    expect(readFileSync(path)).toEqual(bytes);
    if (process.platform !== 'win32') {
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(statSync(dir).mode & 0o777).toBe(0o700);
      expect(statSync(join(dir, hash.slice(0, 2))).mode & 0o777).toBe(0o700);
    }
  });

  it("takes a request's own body", async () => {
    const body = new Response(new Uint8Array(png())).body;
    if (!body) throw new Error('no body');
    expect(await store.put(body, LIMITS)).toMatchObject({ hash: sha256(png()), kind: 'png' });
  });

  it('keeps the same content once, however often and however much at once it comes', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, index) => put(index % 2 === 0 ? pdf() : png())),
    );
    expect(new Set(all.map(({ hash }) => hash)).size).toBe(2);
    expect(kept()).toEqual([sha256(pdf()), sha256(png())].sort());
    expect(await contentOf(sha256(pdf()))).toEqual(pdf());
  });

  it('makes young again what is put again, and leaves who reads it reading', async () => {
    const { hash } = await put(pdf());
    utimesSync(join(dir, hash.slice(0, 2), hash), 1, 1);
    const reading = await store.open(hash);
    const before = Date.now() - 60_000;
    await put(pdf());
    const [listed] = await Array.fromAsync(store.list());
    expect(listed?.putAt).toBeGreaterThan(before);
    const body = await reading?.body();
    expect(Buffer.from(await new Response(body).arrayBuffer())).toEqual(pdf());
  });

  it('goes on after a refusal', async () => {
    const [refused, taken] = await Promise.all([
      refusalOf(put(Buffer.from('<html>'))),
      refusalOf(put(pdf())),
    ]);
    expect([refused, taken]).toEqual(['fileWrongKind', 'taken']);
    expect(kept()).toEqual([sha256(pdf())]);
  });
});

describe('what is not kept', () => {
  test.each<[string, () => Buffer, string]>([
    ['an empty file', () => Buffer.alloc(0), 'fileEmpty'],
    ['a page', () => Buffer.from('<html>'), 'fileWrongKind'],
    ['half a picture', () => png().subarray(0, 40), 'fileUnreadable'],
  ])('%s', async (_, bytes, code) => {
    expect(await refusalOf(put(bytes()))).toBe(code);
    expect(kept()).toEqual([]);
  });

  it('one byte more than 20 MB, without waiting for the rest; 20 MB is taken', async () => {
    let sent = 0;
    let closed = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) {
          sent += 1024 * 1024;
          yield new Uint8Array(1024 * 1024);
        }
      } finally {
        closed = true;
      }
    }
    expect(await refusalOf(store.put(endless(), LIMITS))).toBe('fileTooLarge');
    expect(sent).toBe(FILE_LIMIT + 1024 * 1024);
    expect(closed).toBe(true);
    const over = store.put(pieces(sized(FILE_LIMIT + 1)), LIMITS);
    expect(await refusalOf(over)).toBe('fileTooLarge');
    expect(kept()).toEqual([]);
    expect(await store.put(pieces(sized(FILE_LIMIT)), LIMITS)).toMatchObject({ size: FILE_LIMIT });
  });

  it('what breaks off in the middle', async () => {
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield pdf();
      throw new Error('connection reset');
    }
    expect(await refusalOf(store.put(breaking(), LIMITS))).toBe('fileBroken');
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('aborted')),
    });
    expect(await refusalOf(store.put(stream, LIMITS))).toBe('fileBroken');
    expect(kept()).toEqual([]);
  });
});

describe('opening, removing, listing', () => {
  const outside = 'secret.txt';
  it.each([
    `../${outside}`,
    '../../etc/passwd',
    `..%2f${outside}`,
    'a'.repeat(63),
    'A'.repeat(64),
    `${'a'.repeat(64)}\n`,
    `${'a'.repeat(64)}/../../../${outside}`,
    '',
  ])('makes no path of %j', async (hash) => {
    writeFileSync(join(root, outside), 'secret');
    await put(pdf());
    expect(await store.open(hash)).toBeUndefined();
    await store.remove(hash);
    expect(readFileSync(join(root, outside), 'utf8')).toBe('secret');
    expect(kept()).toEqual([sha256(pdf())]);
  });

  it('knows what is there, and forgets what was removed', async () => {
    expect(await Array.fromAsync(store.list())).toEqual([]);
    const { hash, size } = await put(pdf());
    writeFileSync(join(dir, 'notes.txt'), '');
    writeFileSync(join(dir, hash.slice(0, 2), 'notes.txt'), '');
    const listed = await Array.fromAsync(store.list());
    expect(listed).toEqual([{ hash, size, putAt: expect.any(Number) }]);
    await store.remove(hash);
    await store.remove(hash);
    expect(await store.open(hash)).toBeUndefined();
    expect(await Array.fromAsync(store.list())).toEqual([]);
  });

  it('sweeps away what uploads left, and nothing else', async () => {
    const { hash } = await put(pdf());
    utimesSync(join(dir, hash.slice(0, 2), hash), 1, 1);
    for (const [name, at] of [
      ['old.part', 1],
      ['young.part', 5000],
      ['notes.txt', 1],
    ] as const) {
      writeFileSync(join(dir, name), '');
      utimesSync(join(dir, name), at, at);
    }
    await store.sweep(4_000_000);
    expect(kept()).toEqual([hash, 'notes.txt', 'young.part'].sort());
  });

  it('sweeps nothing where nothing was ever put', async () => {
    await store.sweep(Date.now());
    expect(existsSync(dir)).toBe(false);
  });

  it('lies beside the database', () => {
    expect(filesFolder(join('/srv', 'data', 'yuanzhuo.db'))).toBe(join('/srv', 'data', 'files'));
  });
});

/** The system's own limit on a file's size stands for a full disk. */
describe.skipIf(process.platform === 'win32')('a disk that takes no more', () => {
  it('is a refusal that says so, and nothing is kept', async () => {
    const url = (...path: string[]) => JSON.stringify(`file://${inRoot(...path)}`);
    const script = `
      import { answerError } from ${url('api', 'core', 'http', 'errors.ts')};
      import { silentLog } from ${url('api', 'core', 'log.ts')};
      import { createFileStore } from ${url('api', 'files', 'store.ts')};
      const store = createFileStore(process.argv[1]);
      const source = async function* () { for (;;) yield new Uint8Array(65536); };
      const error = await store.put(source(), { maxSize: 2e7 }).catch((one) => one);
      const answer = answerError(error, {}, silentLog, 'id');
      console.log(answer.status, (await answer.json()).type);`;
    const child = spawn(
      'sh',
      // In blocks of 512 or 1,024 bytes, as the shell has it.
      [
        '-c',
        'ulimit -f 1000; exec "$0" "$@"',
        process.execPath,
        '--input-type=module',
        '-e',
        script,
        dir,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    expect(await text(child.stdout)).toBe('507 urn:yuanzhuo:problem:diskFull\n');
    expect(kept()).toEqual([]);
  });
});
