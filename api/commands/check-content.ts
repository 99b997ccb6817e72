import { resolve } from 'node:path';
import { loadLibrary } from '../library/loadLibrary.ts';

/** `node api/commands/check-content.ts [folder]`: every mistake in content/, in words, exit code 1. */
const dir = resolve(process.argv[2] ?? 'content');
const { library, problems } = await loadLibrary(dir);
for (const { file, field, message } of problems) {
  console.error(`✗ content/${file}${field ? ` · ${field}` : ''}：${message}`);
}
if (problems.length > 0) {
  console.error(`共 ${problems.length} 处要改，改好后再运行一次。写法见 content/README.md。`);
  process.exitCode = 1;
} else {
  const named = library.methods.filter((method) => method.state === 'full').length;
  console.log(
    `内容检查通过：${library.cases.length} 个案例，${named} 个方法，${library.methods.length - named} 个仅有名称的条目。`,
  );
}
