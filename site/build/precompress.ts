import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { AstroIntegration } from 'astro';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

export interface PrecompressOptions {
  /** Told a path relative to the folder, with forward slashes; true leaves the file alone. */
  readonly exclude?: (path: string) => boolean;
}

/** What was done; sizes in bytes, time in seconds. */
export interface Precompressed {
  /** Files looked at: text-like and above the threshold. */
  readonly files: number;
  readonly bytes: number;
  /** Sidecars written and their total size. */
  readonly brotli: { readonly files: number; readonly bytes: number };
  readonly gzip: { readonly files: number; readonly bytes: number };
  readonly seconds: number;
}

const TEXT = new Set(
  '.html .css .js .mjs .json .xml .atom .rss .svg .txt .webmanifest .map .wasm .bin .ico .csv'.split(
    ' ',
  ),
);

/** Below this a sidecar saves no packet. Bytes. */
const THRESHOLD = 1024;

/**
 * Brotli levels. Measured on 24 KB Chinese pages, 2 cores: level 5 makes 28.3% of the size at
 * 0.5 ms a page, 6 the same at 0.65 ms, 4 32.7% at 0.33 ms, 9 28.0% at 1.1 ms, 11 26.6% at 12 ms.
 * So 11 where it costs a second or two in all, and 5 for the pages of a large library.
 */
const BEST = 11;
const QUICK = 5;
const SMALL_SITE = 3 * 1024 * 1024;

/** gzip is the fallback of a fallback; 9 costs no more than 6 on files of this size. */
const GZIP = 9;

/**
 * Writes `.br` and `.gz` beside every text-like file, where smaller. Holds only a few files in memory
 * at a time.
 * @throws when the folder cannot be read or written
 */
export async function precompress(
  dir: URL | string,
  { exclude = () => false }: PrecompressOptions = {},
): Promise<Precompressed> {
  const started = performance.now();
  const root = typeof dir === 'string' ? dir : fileURLToPath(dir);
  const files = await list(root, exclude);
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  const pages = files.filter((file) => !isAsset(file.path));
  const pageBytes = pages.reduce((sum, file) => sum + file.size, 0);
  const pageLevel = pageBytes <= SMALL_SITE ? BEST : QUICK;
  const written = { br: { files: 0, bytes: 0 }, gz: { files: 0, bytes: 0 } };

  // Twice the processors, so that one file is read while another is compressed.
  await concurrently(files, 2 * availableParallelism(), async ({ path }) => {
    const full = join(root, path);
    const content = await readFile(full);
    const level = isAsset(path) ? BEST : pageLevel;
    const [br, gz] = await Promise.all([toBrotli(content, level), toGzip(content)]);
    const variants = { br, gz };
    for (const kind of ['br', 'gz'] as const) {
      const size = variants[kind].length;
      if (size >= content.length) continue;
      await writeFile(`${full}.${kind}`, variants[kind]);
      written[kind].files += 1;
      written[kind].bytes += size;
    }
  });
  const seconds = (performance.now() - started) / 1000;
  return { files: files.length, bytes, brotli: written.br, gzip: written.gz, seconds };
}

/** Runs `precompress` on what Astro has built. Put it last: it must see every other file. */
export function precompressIntegration(options: PrecompressOptions = {}): AstroIntegration {
  return {
    name: 'yuanzhuo:precompress',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const { files, bytes, brotli: br, seconds } = await precompress(dir, options);
        const ratio = bytes === 0 ? 0 : Math.round((100 * br.bytes) / bytes);
        logger.info(`${files} files, brotli ${ratio}% of ${bytes} bytes, ${seconds.toFixed(1)} s`);
      },
    },
  };
}

interface Listed {
  /** Relative, with forward slashes. */
  readonly path: string;
  readonly size: number;
}

const isAsset = (path: string): boolean => path.startsWith('_astro/');

async function list(root: string, exclude: (path: string) => boolean): Promise<Listed[]> {
  const files: Listed[] = [];
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !TEXT.has(extname(entry.name).toLowerCase())) continue;
    const path = relative(root, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (exclude(path)) continue;
    const { size } = await stat(join(root, path));
    if (size > THRESHOLD) files.push({ path, size });
  }
  return files;
}

const toBrotli = (content: Buffer, level: number): Promise<Buffer> =>
  brotli(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: level,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });

const toGzip = (content: Buffer): Promise<Buffer> => gzipped(content, { level: GZIP });

/** Runs `work` on every item, at most `limit` at a time. The first error stops the rest. */
async function concurrently<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  // Leaving a loop over a generator closes it for all, which an array's own iterator does not do.
  const queue = (function* () {
    yield* items;
  })();
  const worker = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}
