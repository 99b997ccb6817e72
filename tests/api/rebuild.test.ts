import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rebuilder, RebuilderOptions } from '../../api/archive/rebuild.ts';
import { rebuildState } from '../../api/archive/rebuildState.ts';
import { BUILD_MS } from '../support/buildSite.ts';
import { type FixtureSite, fixtureFolder } from '../support/fixtureSite.ts';
import { rebuilderIn, smallLibrary, until } from '../support/rebuilding.ts';

/** The pages built anew in the background; what fails or is stopped on the way is in the long tests. */

describe('a build as it is told of', () => {
  let folder: FixtureSite;
  const scripts: Rebuilder[] = [];
  beforeEach(() => {
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
  const { folder, rebuilder, rebuilt, read, remove } = smallLibrary();
  afterAll(remove);

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
});
