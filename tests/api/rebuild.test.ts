import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RebuildState } from '../../api/archive/contract.ts';
import {
  createRebuilder,
  type Rebuilder,
  type RebuilderOptions,
} from '../../api/archive/rebuild.ts';
import { rebuildState } from '../../api/archive/rebuildState.ts';
import { silentLog } from '../../api/core/log.ts';
import { GOOD_CASE, METHOD, THEMES } from '../content/sample.ts';
import { BUILD_MS } from '../support/buildSite.ts';
import { type FixtureSite, fixtureFolder } from '../support/fixtureSite.ts';
import { SAMPLE_ARCHIVE } from '../support/sampleArchive.ts';

/** The pages built anew in the background. */

let clock = 1_000;

function rebuilderIn(folder: FixtureSite, options: Partial<RebuilderOptions> = {}): Rebuilder {
  return createRebuilder({
    siteDir: join(folder.dir, 'site'),
    archiveFile: join(folder.dir, 'archive.json'),
    log: silentLog,
    clock: () => clock++,
    ...options,
  });
}

/** Waits until the state is so. */
async function until(rebuilder: Rebuilder, is: (state: RebuildState) => boolean): Promise<void> {
  while (!is(rebuilder.state())) await sleep(5);
}

describe('a build as it is told of', () => {
  let folder: FixtureSite;
  const scripts: Rebuilder[] = [];
  beforeEach(() => {
    clock = 1_000;
    folder = fixtureFolder({ 'runs.txt': '' });
  });
  afterEach(async () => {
    await Promise.all(scripts.splice(0).map((one) => one.stop()));
    folder.remove();
  });

  /** A rebuilder that runs `code` instead of a build. It goes on when a file `go` is there. */
  function running(code: string, options: Partial<RebuilderOptions> = {}): Rebuilder {
    folder.write(
      'script.mjs',
      `import { appendFileSync, existsSync } from 'node:fs';
       import { setTimeout as sleep } from 'node:timers/promises';
       import { dirname, join } from 'node:path';
       const [site, archive] = process.argv.slice(2);
       const dir = dirname(site);
       appendFileSync(join(dir, 'runs.txt'), archive + '\\n');
       const go = async () => { while (!existsSync(join(dir, 'go'))) await sleep(5); };
       const tell = (message) => new Promise((done) => process.send(message, done));
       process.once('disconnect', () => process.exit(1));
       ${code}
       process.removeAllListeners('disconnect');
       process.disconnect?.();`,
    );
    const rebuilder = rebuilderIn(folder, { script: join(folder.dir, 'script.mjs'), ...options });
    scripts.push(rebuilder);
    return rebuilder;
  }
  const runs = () => readFileSync(join(folder.dir, 'runs.txt'), 'utf8').trim().split('\n');

  it('is idle before anything is asked for', () => {
    expect(running('').state()).toEqual({
      phase: 'idle',
      words: '',
      done: 0,
      total: 0,
      startedAt: null,
      finishedAt: null,
      outcome: null,
      reason: '',
      log: '',
    });
  });

  it('shows each phase, and then how it ended', async () => {
    const rebuilder = running(`
      await tell({ phase: 'rendering', done: 12, total: 96 });
      await go();
      await tell({ outcome: 'built' });
    `);
    rebuilder.request();
    expect(rebuilder.state()).toMatchObject({ phase: 'waiting', words: '等候', startedAt: 1_000 });
    await until(rebuilder, ({ phase }) => phase === 'rendering');
    expect(rebuilder.state()).toMatchObject({ words: '渲染 12/96 页', done: 12, total: 96 });
    expect(rebuilder.state()).toMatchObject({ outcome: null, finishedAt: null });
    folder.write('go', '');
    await rebuilder.idle();
    expect(rebuilder.state()).toMatchObject({
      phase: 'idle',
      words: '',
      outcome: 'built',
      startedAt: 1_000,
      finishedAt: 1_001,
    });
    expect(rebuildState.parse(rebuilder.state())).toEqual(rebuilder.state());
    expect(runs()).toEqual([join(folder.dir, 'archive.json')]);
  });

  it('asked for again while it runs, runs once more, however often it is asked', async () => {
    const rebuilder = running(`await go(); await tell({ outcome: 'built' });`);
    for (let times = 0; times < 5; times += 1) rebuilder.request();
    await sleep(50);
    folder.write('go', '');
    await rebuilder.idle();
    expect(runs()).toHaveLength(2);
    rebuilder.request();
    await rebuilder.idle();
    expect(runs()).toHaveLength(3);
  });

  it('keeps the reason of a failure until the next has ended', async () => {
    const rebuilder = running(`
      if (existsSync(join(dir, 'mended'))) { await go(); await tell({ outcome: 'unchanged' }); }
      else await tell({ outcome: 'failed', reason: '内容有误。', log: 'line 1' });
    `);
    rebuilder.request();
    await rebuilder.idle();
    expect(rebuilder.state()).toMatchObject({
      outcome: 'failed',
      reason: '内容有误。',
      log: 'line 1',
    });
    folder.write('mended', '');
    rebuilder.request();
    expect(rebuilder.state()).toMatchObject({ outcome: 'failed', reason: '内容有误。' });
    folder.write('go', '');
    await rebuilder.idle();
    expect(rebuilder.state()).toMatchObject({ outcome: 'unchanged', reason: '', log: '' });
  });

  it('that breaks off has failed, with what it said last', async () => {
    const rebuilder = running(`console.error('out of memory'); process.exit(134);`);
    rebuilder.request();
    await rebuilder.idle();
    expect(rebuilder.state()).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('构建中途断了，原有网页未动'),
      log: 'out of memory\n',
    });
  });

  it('that takes too long is ended and has failed', async () => {
    const rebuilder = running(`await go();`, { timeoutMs: 300 });
    rebuilder.request();
    await rebuilder.idle();
    expect(rebuilder.state()).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('太久没有完成'),
    });
  });

  it('ends with the server, and none begins after that', async () => {
    const rebuilder = running(`await tell({ phase: 'reading' }); await go();`);
    rebuilder.request();
    rebuilder.request();
    await until(rebuilder, ({ phase }) => phase === 'reading');
    await rebuilder.stop();
    expect(rebuilder.state()).toMatchObject({ phase: 'idle', outcome: 'failed' });
    rebuilder.request();
    await rebuilder.idle();
    expect(runs()).toHaveLength(1);
  });
});

describe('the real build of a small library', () => {
  const folder = fixtureFolder({
    'content/themes.yaml': THEMES,
    'content/methods/loudongzhang.mdx': METHOD,
    'content/cases/fuping-weixiao.mdx': GOOD_CASE,
    'archive.json': JSON.stringify({ version: 1, salons: [], sessions: [] }),
  });
  const page = (path: string) => join(folder.dir, 'site', path, 'index.html');
  const read = (path: string) => readFileSync(page(path), 'utf8');
  const THIRD = 'sessions/fuping-demo/3';
  const before = process.env['YUANZHUO_CONTENT'];
  process.env['YUANZHUO_CONTENT'] = join(folder.dir, 'content');
  afterAll(() => {
    if (before === undefined) delete process.env['YUANZHUO_CONTENT'];
    else process.env['YUANZHUO_CONTENT'] = before;
    folder.remove();
  });
  const rebuilder = rebuilderIn(folder);
  const rebuilt = async () => {
    rebuilder.request();
    await rebuilder.idle();
    return rebuilder.state();
  };

  it('begins with none published', { timeout: BUILD_MS }, async () => {
    const words = new Set<string>();
    rebuilder.request();
    const watching = setInterval(() => words.add(rebuilder.state().words), 5);
    await rebuilder.idle();
    clearInterval(watching);
    expect(rebuilder.state()).toMatchObject({ outcome: 'built', reason: '' });
    expect(read('sessions')).toContain('还没有公布的沙龙');
    expect([...words]).toEqual(expect.arrayContaining(['等候', '读内容', '做检索']));
    expect([...words].join()).toMatch(/渲染 \d+\/\d+ 页/);
  });

  it('does nothing when nothing changed', { timeout: BUILD_MS }, async () => {
    expect(await rebuilt()).toMatchObject({ outcome: 'unchanged' });
  });

  it('puts back what a swap cut off in the middle had moved aside', {
    timeout: BUILD_MS,
  }, async () => {
    const home = read('');
    renameSync(join(folder.dir, 'site'), join(folder.dir, '.site-build', 'site-old'));
    expect(await rebuilt()).toMatchObject({ outcome: 'unchanged' });
    expect(read('')).toBe(home);
  });

  it('a broken archive fails in words, and every page stays', { timeout: BUILD_MS }, async () => {
    const home = read('');
    const [, , third] = SAMPLE_ARCHIVE.sessions;
    const sessions = [{ ...third, place: 7 }];
    folder.write('archive.json', JSON.stringify({ ...SAMPLE_ARCHIVE, sessions }));
    expect(await rebuilt()).toMatchObject({
      outcome: 'failed',
      reason:
        '内容有误，原有网页未动。请照下面改正后再发布一次：\n沙龙存档 · sessions（各期）第 1 项 · place（地点）：写法不对，要写文字',
      log: expect.stringContaining('sessions（各期）第 1 项'),
    });
    expect(read('')).toBe(home);
    expect(read('sessions')).toContain('还没有公布的沙龙');
  });

  it('what no host can mend is left to the admin', { timeout: BUILD_MS }, async () => {
    const home = read('');
    const { dir } = folder;
    renameSync(join(dir, 'content/methods'), join(dir, 'content/moved'));
    expect(await rebuilt()).toMatchObject({
      outcome: 'failed',
      reason: expect.stringMatching(/^构建网页没有成功，原有网页未动。.*告诉系统管理员/),
      log: expect.stringContaining('ENOENT'),
    });
    renameSync(join(dir, 'content/moved'), join(dir, 'content/methods'));
    expect(read('')).toBe(home);
  });

  it('a published session appears with what leads to it', { timeout: BUILD_MS }, async () => {
    const style = /\/_astro\/[^"]+\.css/.exec(read(''))?.[0] ?? 'none';
    folder.write('archive.json', JSON.stringify(SAMPLE_ARCHIVE));
    expect(await rebuilt()).toMatchObject({ outcome: 'built', reason: '' });
    expect(read(THIRD)).toContain('如何破解社区万能章');
    expect(read('cases/fuping-weixiao')).toContain('/sessions/fuping-demo/3/#topic-t3');
    expect(existsSync(join(folder.dir, 'site', style))).toBe(true);
  });

  it('stopped on the way, leaves the pages as they were', { timeout: BUILD_MS }, async () => {
    const session = read(THIRD);
    folder.write('archive.json', JSON.stringify({ ...SAMPLE_ARCHIVE, sessions: [] }));
    const other = rebuilderIn(folder);
    other.request();
    await until(other, ({ phase }) => phase === 'rendering');
    await other.stop();
    expect(other.state()).toMatchObject({ phase: 'idle', outcome: 'failed' });
    expect(read(THIRD)).toBe(session);
    expect(existsSync(join(folder.dir, '.site-build', 'site-next'))).toBe(false);
    expect(existsSync(join(folder.dir, '.site-build', 'build.lock'))).toBe(false);
  });
});
