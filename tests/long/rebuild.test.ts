import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuilderIn, smallLibrary, until } from '../support/rebuilding.ts';
import { SAMPLE_ARCHIVE } from '../support/sampleArchive.ts';

/** Builds that fail, that change the pages, and that are stopped, beginning with none published. */

const THIRD = 'sessions/fuping-demo/3';

describe('the real build of a small library, built once', () => {
  const { folder, rebuilt, read, remove } = smallLibrary();
  afterAll(remove);
  beforeAll(async () => {
    expect(await rebuilt()).toMatchObject({ outcome: 'built', reason: '' });
  });

  it('a broken archive fails in words, and every page stays', async () => {
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

  it('what no host can mend is left to the admin', async () => {
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

  it('a published session appears with what leads to it', async () => {
    const style = /\/_astro\/[^"]+\.css/.exec(read(''))?.[0] ?? 'none';
    folder.write('archive.json', JSON.stringify(SAMPLE_ARCHIVE));
    expect(await rebuilt()).toMatchObject({ outcome: 'built', reason: '' });
    expect(read(THIRD)).toContain('如何破解社区万能章');
    expect(read('cases/fuping-weixiao')).toContain('/sessions/fuping-demo/3/#topic-t3');
    expect(existsSync(join(folder.dir, 'site', style))).toBe(true);
  });

  it('stopped on the way, leaves the pages as they were', async () => {
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
