import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { inRoot } from '../../api/commands/lib/paths.mjs';

/** Building takes a quarter of a minute where nothing else runs. */
export const BUILD_MS = 180_000;

/** What the test runner sets would build the pages for development. */
export const buildEnv = (extra: Record<string, string> = {}): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([key]) => !/^(VITEST|(NODE_ENV|TEST|MODE|DEV|PROD)$)/.test(key),
    ),
  ),
  ...extra,
});

/**
 * Builds as `npm run build` does, which is nothing when nothing changed.
 * @param options as `build` takes them
 */
export async function buildSite(options: { out?: string; archive?: string } = {}): Promise<void> {
  const script = `
    import { build } from './api/commands/lib/build.mjs';
    await build(process.execPath, ${JSON.stringify(options)});
  `;
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: inRoot(),
    env: buildEnv(),
  });
}
