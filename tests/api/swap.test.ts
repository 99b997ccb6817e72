import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../api/app.ts';
import { KEEP_MS } from '../../api/commands/lib/assets.mjs';
import { inRoot } from '../../api/commands/lib/paths.mjs';
import { type FixtureSite, fixtureFolder } from '../support/fixtureSite.ts';
import { putInPlace, writeSite } from '../support/swapSites.mjs';
import { createTestApp } from '../support/testApp.ts';

/** What readers get while a build puts new pages in place. */

const own = await createTestApp({ empty: true });
afterAll(() => own.close());

let folder: FixtureSite;
const at = (path: string) => join(folder.dir, path);

/** One reader of the pages in `folder`. */
function reader() {
  const app = createApp({ services: own.services, siteDir: at('site'), version: '1' });
  const get = async (path: string) => {
    const response = await app.request(path);
    return { status: response.status, text: await response.text() };
  };
  return { get };
}

beforeEach(() => {
  folder = fixtureFolder({});
  writeSite(at('site'), 0);
});
afterEach(() => folder.remove());

const styleOf = (html: string) => /href="([^"]+\.css)"/.exec(html)?.[1] ?? 'no stylesheet';
const numberIn = (path: string) => /\.(\d+)\.css$/.exec(path)?.[1];

describe('ten swaps under a reader', () => {
  it('no page is missing, nor what any page read before asks for', async () => {
    const { get } = reader();
    const swapping = spawn(process.execPath, [
      inRoot('tests', 'support', 'swapSites.mjs'),
      folder.dir,
      '10',
    ]);
    let over = false;
    const ended = once(swapping, 'close').then(([code]) => {
      over = true;
      return code;
    });
    const wrong: string[] = [];
    const styles = new Set<string>();
    const indexes = new Set<string>();
    const expectFile = async (path: string, content: string) => {
      const { status, text } = await get(path);
      if (status !== 200 || text !== content) wrong.push(`${path}: ${status} ${text}`);
    };
    while (!over) {
      for (const path of ['/', '/cases/one/']) {
        const page = await get(path);
        if (page.status !== 200) wrong.push(`${path}: ${page.status}`);
        styles.add(styleOf(page.text));
      }
      const index = await get('/search/index.json');
      if (index.status !== 200) wrong.push(`index.json: ${index.status}`);
      else indexes.add(JSON.parse(index.text).version);
      // Of every page read so far, not only of the last.
      for (const style of styles) await expectFile(style, `/* ${numberIn(style)} */`);
      for (const version of indexes) {
        await expectFile(`/search/${version}/d0.json`, `{"n":${Number.parseInt(version, 16)}}`);
      }
      const none = await get('/nothing/');
      if (none.status !== 404 || !none.text.includes('没有这一页')) wrong.push(`404: ${none.text}`);
    }
    expect(await ended).toBe(0);
    expect(wrong).toEqual([]);
    expect(styles.size).toBeGreaterThan(1);
    expect((await get('/')).text).toContain('<p>10</p>');
  });
});

describe('between the two renames', () => {
  it('a request waits for the new pages', async () => {
    const { get } = reader();
    expect((await get('/')).status).toBe(200);
    writeSite(at('next'), 1);
    renameSync(at('site'), at('old'));
    const asked = Promise.all([get('/'), get('/cases/one/'), get('/_astro/page.1.css')]);
    await sleep(30);
    renameSync(at('next'), at('site'));
    const [home, page, style] = await asked;
    expect([home.status, page.status, style.status]).toEqual([200, 200, 200]);
    expect(home.text).toContain('<p>1</p>');
    expect(style.text).toBe('/* 1 */');
  });

  it('but not for ever', async () => {
    const { get } = reader();
    renameSync(at('site'), at('old'));
    expect((await get('/')).status).toBe(404);
    renameSync(at('old'), at('site'));
    expect((await get('/')).status).toBe(200);
  });
});

describe('what the build before has left', () => {
  const NOON = Date.UTC(2026, 10, 22, 4);
  const style = (n: number) => existsSync(at(`site/_astro/page.${n}.css`));

  it('stays with its sidecar through the next build, however late that is', () => {
    putInPlace(folder.dir, 1, NOON);
    expect([style(0), style(1)]).toEqual([true, true]);
    expect(existsSync(at('site/_astro/page.0.css.br'))).toBe(true);
    expect(existsSync(at('site/search/000000000000/d0.json'))).toBe(true);
  });

  it('stays an hour while builds follow fast, and goes after that', () => {
    putInPlace(folder.dir, 1, NOON);
    putInPlace(folder.dir, 2, NOON + KEEP_MS);
    expect([style(0), style(1), style(2)]).toEqual([true, true, true]);
    putInPlace(folder.dir, 3, NOON + KEEP_MS + 1);
    expect([style(0), style(1), style(2), style(3)]).toEqual([false, true, true, true]);
    putInPlace(folder.dir, 4, NOON + 3 * KEEP_MS);
    expect([style(1), style(2), style(3), style(4)]).toEqual([false, false, true, true]);
    expect(existsSync(at('site/search/000000000001'))).toBe(false);
  });

  it('begins anew when a later build has the same file', () => {
    putInPlace(folder.dir, 1, NOON);
    putInPlace(folder.dir, 0, NOON + 2 * KEEP_MS);
    putInPlace(folder.dir, 2, NOON + 2 * KEEP_MS + 1);
    expect([style(0), style(1), style(2)]).toEqual([true, true, true]);
  });

  it('no page is carried over, and the list is not handed out', async () => {
    folder.write('site/cases/gone/index.html', 'gone');
    folder.write('site/search/index.html', 'search');
    putInPlace(folder.dir, 1, NOON);
    const { get } = reader();
    expect((await get('/cases/gone/')).status).toBe(404);
    expect(existsSync(at('site/search/index.html'))).toBe(false);
    expect((await get('/.superseded.json')).status).toBe(404);
    expect(existsSync(at('site/.superseded.json'))).toBe(true);
  });
});
