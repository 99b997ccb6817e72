import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, type as systemName, totalmem } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './measure/browser.ts';
import { inPeers, root } from './projects/paths.ts';

const versionIn = (path: string): string => {
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
  return version;
};

function peerVersion(name: string): string {
  try {
    return versionIn(inPeers(name, 'package.json'));
  } catch {
    return '未安装';
  }
}

function ask(command: string, args: readonly string[]): string {
  try {
    return execFileSync(command, args, {
      encoding: 'utf8',
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '未知';
  }
}

function chromium(): string {
  try {
    return ask(findChromium(), ['--version']);
  } catch {
    return '未安装';
  }
}

/** What the figures were measured on and with. */
export function describeMachine() {
  const peers = ['astro', '@astrojs/starlight', 'vitepress', 'pagefind', 'lighthouse'];
  return {
    system: `${systemName()} ${release()} ${arch()}`,
    processor: cpus()[0]?.model ?? '未知',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    /** One-minute load before the bench began: above 0.5 the times are not to be trusted. */
    loadAtStart: loadavg()[0] ?? 0,
    commit: ask('git', ['rev-parse', '--short', 'HEAD']),
    versions: {
      node: process.version,
      chromium: chromium(),
      'astro（圆桌）': versionIn(join(root, 'node_modules', 'astro', 'package.json')),
      ...Object.fromEntries(peers.map((name) => [name, peerVersion(name)])),
    },
  };
}
