import { build } from './build.mjs';
import { install } from './install.mjs';
import { inRoot } from './paths.mjs';
import { runForeground } from './run.mjs';
import { createReporter, main } from './steps.mjs';

await main(async () => {
  const { step } = createReporter();
  const { node } = await step('安装依赖', () => install());
  await step('构建网页', (say) => build(node, { say }));
  // Started so, the server may put new pages in place; one started by itself serves what it is given.
  const env = { REBUILD: process.env.REBUILD || '1' };
  return runForeground(node, [inRoot('api', 'server.ts')], { ipc: true, env });
});
