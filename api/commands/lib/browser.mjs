import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from './paths.mjs';
import { capture, runLogged } from './run.mjs';
import { StepError } from './steps.mjs';

/**
 * Where a Chromium usually is, best first.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 * @returns {string[]}
 */
export function usualPlaces(env = process.env, platform = process.platform) {
  const given = env.CHROMIUM_PATH ? [env.CHROMIUM_PATH] : [];
  if (platform === 'darwin') {
    const apps = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
    const homes = ['/Applications', ...(env.HOME ? [`${env.HOME}/Applications`] : [])];
    return [
      ...given,
      ...homes.flatMap((home) => apps.map((app) => `${home}/${app}.app/Contents/MacOS/${app}`)),
    ];
  }
  if (platform === 'win32') {
    const homes = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
    const apps = [
      'Google\\Chrome\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ];
    return [...given, ...homes.flatMap((home) => apps.map((app) => `${home}\\${app}`))];
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return [...given, ...names.map((name) => `/usr/bin/${name}`)];
}

/**
 * A Chromium that starts. Ubuntu's /usr/bin/chromium-browser may be a script that only asks for a
 * snap, hence the trial; on Windows asking for the version would open a window.
 * @param {string[]} places
 * @returns {Promise<string | undefined>}
 */
export async function findChromium(places = usualPlaces()) {
  for (const place of places) {
    if (!existsSync(place)) continue;
    if (process.platform === 'win32') return place;
    if (/\d+\.\d+/.test((await capture(place, ['--version'])) ?? '')) return place;
  }
  return undefined;
}

/** Whether the system can draw Chinese. macOS and Windows always can. */
export async function hasChineseFont(platform = process.platform) {
  if (platform !== 'linux') return true;
  return Boolean(await capture('fc-list', [':lang=zh', 'family']));
}

const isRoot = () => process.getuid?.() === 0;

/**
 * Finds, or installs where it may, a Chromium and a Chinese font.
 * @param {string} node the pinned Node
 * @param {(line: string) => void} say
 * @returns {Promise<{ path: string, note?: string, skipped?: boolean }>}
 * @throws {StepError}
 */
export async function ensureBrowser(node, say) {
  const given = process.env.CHROMIUM_PATH;
  let path = (await findChromium()) ?? (await findPlaywrights(node));
  if (given && path !== given) {
    throw new StepError(
      `CHROMIUM_PATH 指向的 ${given} 不存在或不能运行：请改成浏览器的完整路径，或去掉这个变量。`,
    );
  }
  let font = await hasChineseFont();
  if (path && font) return { path, skipped: true, note: '已具备，跳过' };

  if (process.platform === 'linux' && isRoot() && existsSync('/usr/bin/apt-get')) {
    const wanted = [
      ...(path ? [] : ['chromium']),
      ...(font ? [] : ['fontconfig', 'fonts-noto-cjk']),
    ];
    say(`正在用 apt-get 安装 ${wanted.join('、')}…`);
    await aptInstall(wanted);
    path ??= await findChromium();
    font = await hasChineseFont();
  }
  path ??= await installPlaywrights(node, say);
  if (path && font) return { path };
  throw new StepError(whatToInstall(Boolean(path), font));
}

/**
 * One sentence that names exactly what is missing.
 * @param {boolean} browser @param {boolean} font
 */
export function whatToInstall(browser, font, platform = process.platform) {
  const missing = [...(browser ? [] : ['Chromium 浏览器']), ...(font ? [] : ['中文字体'])].join(
    '和',
  );
  if (platform !== 'linux') {
    return `缺少${missing}：请安装 Google Chrome（https://www.google.cn/chrome/），或用环境变量 CHROMIUM_PATH 指明浏览器的完整路径，再运行一次。`;
  }
  const packages = [
    ...(browser ? [] : ['chromium']),
    ...(font ? [] : ['fontconfig', 'fonts-noto-cjk']),
  ];
  return `缺少${missing}：请运行 sudo apt-get install --no-install-recommends ${packages.join(' ')}（其他发行版装相应的包），再运行一次。`;
}

/** @param {string[]} packages */
async function aptInstall(packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  // An old package list is often good enough, so only the installation itself is judged, and that
  // by what is there afterwards.
  await runLogged('apt-get', ['update'], { log: 'apt-update', env });
  for (const name of packages) {
    await runLogged('apt-get', ['install', '-y', '--no-install-recommends', name], {
      log: `apt-${name}`,
      env,
    });
  }
}

const playwrightCli = () => inRoot('node_modules', 'playwright', 'cli.js');

/** @param {string} node */
async function findPlaywrights(node) {
  const core = join('node_modules', 'playwright-core', 'index.js');
  const path = await capture(node, [
    '-p',
    `require(${JSON.stringify(inRoot(core))}).chromium.executablePath()`,
  ]);
  return path ? findChromium([path]) : undefined;
}

/** @param {string} node @param {(line: string) => void} say */
async function installPlaywrights(node, say) {
  say('正在下载 Playwright 的 Chromium…');
  const withLibraries = process.platform === 'linux' && isRoot() ? ['--with-deps'] : [];
  const { code } = await runLogged(
    node,
    [playwrightCli(), 'install', '--no-shell', ...withLibraries, 'chromium'],
    { log: 'playwright-install' },
  );
  return code === 0 ? findPlaywrights(node) : undefined;
}
