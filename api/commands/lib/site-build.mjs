import { build } from './build.mjs';
import { install } from './install.mjs';
import { createReporter, main } from './steps.mjs';

await main(async () => {
  const { step, print } = createReporter();
  const { node } = await step('安装依赖', () => install());
  await step('构建网页', (say) => build(node, { say }));
  print('网页在 dist 文件夹里。');
});
