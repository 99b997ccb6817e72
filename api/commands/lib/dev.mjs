import { install } from './install.mjs';
import { inRoot } from './paths.mjs';
import { runForeground } from './run.mjs';
import { createReporter, main, StepError } from './steps.mjs';

await main(async () => {
  const host = process.env.HOST || '127.0.0.1';
  const port = process.env.PORT || '4321';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
    throw new StepError('PORT 须是 0 到 65535 的整数，例如 PORT=4321 npm run dev。');
  }
  const { step } = createReporter();
  const { node } = await step('安装依赖', () => install());
  const astro = inRoot('node_modules', 'astro', 'bin', 'astro.mjs');
  return runForeground(node, [astro, 'dev', '--host', host, '--port', port]);
});
