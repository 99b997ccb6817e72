import { describe, expect, it } from 'vitest';
import { Engine, type Fetch } from '../../site/lib/search/engine.ts';
import type { Page } from '../../site/lib/search/format.ts';
import { buildTrie } from '../../site/lib/search/trie.ts';
import { fetchFrom, filesOf, page } from './corpus.ts';

/** Many pages with 网格 and few with 网格长, so that a query may end in the trie or run past it. */
const pages: Page[] = Array.from({ length: 30 }, (_, n) =>
  page({ title: `第 ${n} 篇`, text: [n % 10 === 0 ? '网格长' : '网格', '社区居委会'] }),
);
const files = filesOf(pages, buildTrie(pages));
const numbers = async (engine: Engine, query: string) =>
  (await engine.find(query)).map((hit) => hit.page);

/** Counts what is asked for, and lets `answer` stand between. */
function watched(answer: (path: string, fetch: Fetch) => Promise<ArrayBuffer>) {
  const asked: string[] = [];
  const engine = new Engine((path) => {
    asked.push(path);
    return answer(path, fetchFrom(files));
  });
  return { engine, asked };
}

describe('what is read', () => {
  it('each file once, however often it is needed', async () => {
    const { engine, asked } = watched((path, fetch) => fetch(path));
    await Promise.all([engine.find('网格'), engine.find('网格长'), engine.find('网格 社区')]);
    await engine.find('网格长');
    expect(asked.length).toBe(new Set(asked).size);
  });

  it.each([1, 24 * 1024])(
    'no page for a query that ends where the trie parts, in files of %d bytes',
    async (bytes) => {
      const { engine, asked } = watched((path) =>
        fetchFrom(filesOf(pages, buildTrie(pages, bytes)))(path),
      );
      for (const query of ['网', '社', '区', '第']) {
        expect([query, (await engine.find(query)).length]).toEqual([query, 30]);
      }
      expect(asked.filter((path) => path.includes('/d'))).toEqual([]);
    },
  );

  it('no page for a character that stands between two that occur', async () => {
    const { engine, asked } = watched((path, fetch) => fetch(path));
    for (const query of ['置', '!', '龥']) expect(await numbers(engine, query)).toEqual([]);
    expect(asked.filter((path) => path.includes('/d'))).toEqual([]);
  });

  it('one page for a query that ends in a stretch all pages share', async () => {
    const { engine, asked } = watched((path, fetch) => fetch(path));
    expect(await numbers(engine, '社区居')).toHaveLength(30);
    expect(await numbers(engine, '社区治')).toEqual([]);
    expect(asked.filter((path) => path.includes('/d'))).toHaveLength(1);
  });
});

describe('a file that cannot be read', () => {
  it.each(['index.json', 'v/t0.bin', 'v/d0.json'])('%s is asked for again', async (broken) => {
    let failures = 2;
    const { engine } = watched((path, fetch) => {
      if (path !== broken || failures === 0) return fetch(path);
      failures -= 1;
      return Promise.reject(new Error('offline'));
    });
    await expect(engine.find('网格长')).rejects.toThrow('offline');
    await expect(engine.find('网格长')).rejects.toThrow('offline');
    expect(await numbers(engine, '网格长')).toEqual([0, 10, 20]);
  });

  it.each(['index.json', 'v/d0.json'])('%s that is no JSON is asked for again', async (broken) => {
    let failures = 1;
    const { engine } = watched(async (path, fetch) => {
      if (path !== broken || failures === 0) return fetch(path);
      failures -= 1;
      return new TextEncoder().encode('<!doctype html>').buffer;
    });
    await expect(engine.find('网格长')).rejects.toThrow(SyntaxError);
    expect(await numbers(engine, '网格长')).toEqual([0, 10, 20]);
  });

  it('a site built anew while a page stays open is found again at the next search', async () => {
    const later = [page({ title: '新的一篇', text: ['网格长'] }), ...pages];
    const renamed = [...filesOf(later, buildTrie(later))].map(
      ([path, bytes]): [string, Uint8Array<ArrayBufferLike>] => [path.replace('v/', 'w/'), bytes],
    );
    const index = JSON.parse(new TextDecoder().decode(renamed[0]?.[1]));
    const built = new Map(renamed).set(
      'index.json',
      new TextEncoder().encode(JSON.stringify({ ...index, version: 'w' })),
    );
    let current: ReadonlyMap<string, Uint8Array> = files;
    const engine = new Engine((path) => fetchFrom(current)(path));
    expect(await numbers(engine, '网')).toHaveLength(30);
    current = built;
    await expect(engine.find('网格长')).rejects.toThrow('no file v/');
    expect(await numbers(engine, '网格长')).toEqual([0, 1, 11, 21]);
  });
});
