// Imported first by every command and kept to syntax that any Node with modules can parse, so that
// an old Node gets a sentence instead of a syntax error.
const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(
    `本机的 Node.js 是 ${process.version}，需要 20 或更新：请到 https://nodejs.org 下载安装长期支持版（LTS），再运行一次。`,
  );
  process.exit(1);
}
