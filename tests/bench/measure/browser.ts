import { existsSync } from 'node:fs';
import { type Browser, chromium } from '@playwright/test';

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of the Chromium that CHROMIUM_PATH names, or of one in the usual places. Throws when there is none. */
export function findChromium(): string {
  const named = process.env['CHROMIUM_PATH'];
  const found = (named ? [named] : USUAL_PLACES).find((path) => existsSync(path));
  if (found) return found;
  throw new Error(
    '没有找到 Chromium:请先运行 npm test(它会准备好),或用环境变量 CHROMIUM_PATH 写明它的位置。',
  );
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}
