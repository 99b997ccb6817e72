import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { caseTemplate } from './case-template.mjs';
import { inRoot, root } from './paths.mjs';

/** `npm run new:case`: asks what only the author knows and writes an empty case. */

const USAGE =
  '不用问答也可以：npm run new:case -- --id anjing-xiaoqu --title 小区夜里安静了 --method 静音公约';
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * What is wrong with an answer, or nothing.
 * @type {Record<'method' | 'title' | 'id', (value: string, folder: string) => string | undefined>}
 */
const wrong = {
  method: (value) => notWords('工作法名称', value, 24),
  title: (value) => notWords('标题', value, 40),
  id: (value, folder) => {
    if (!SLUG.test(value))
      return `编号「${value}」不能用：只用小写拼音、数字和连字符，例如 weiwang-shige。`;
    if (existsSync(join(folder, `${value}.mdx`)))
      return `已经有 ${value}.mdx 了，不会改动它；请换一个编号。`;
    return undefined;
  },
};

/** @type {{ key: keyof typeof wrong, ask: string }[]} */
const QUESTIONS = [
  { key: 'method', ask: '工作法名称（同行叫它什么，例如 微网实格）：' },
  { key: 'title', ask: '标题（给读者看的，说清做了什么，最多 40 个字）：' },
  { key: 'id', ask: '编号（用作文件名和网址，小写拼音加连字符，例如 weiwang-shige）：' },
];

/** @param {string} what @param {string} value @param {number} max */
function notWords(what, value, max) {
  if (value === '') return `请写${what}。`;
  const length = [...value].length;
  return length > max ? `${what}最多 ${max} 个字，现在是 ${length} 个。` : undefined;
}

/** One line, no spaces around it. @param {string} value */
const tidy = (value) => value.replace(/\s+/g, ' ').trim();

/** @returns {Partial<Record<'id' | 'title' | 'method' | 'folder', string>> | undefined} */
function readArgs() {
  const option = /** @type {const} */ ({ type: 'string' });
  try {
    const options = { id: option, title: option, method: option, folder: option };
    return parseArgs({ options }).values;
  } catch {
    console.error(`只认得 --id、--title、--method 三项，每一项后面写内容。\n${USAGE}`);
    return undefined;
  }
}

/**
 * Asks until each answer will do.
 * @param {Partial<Record<string, string>>} given what the command line said already
 * @param {string} folder
 * @returns {Promise<Record<keyof typeof wrong, string> | undefined>} nothing if the author left
 */
async function ask(given, folder) {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  /** @type {Promise<undefined>} */
  const left = new Promise((resolve) => lines.once('close', () => resolve(undefined)));
  const answers = { id: '', title: '', method: '' };
  for (const { key, ask } of QUESTIONS) {
    for (let known = given[key]; ; known = undefined) {
      const answer = known ?? (await Promise.race([lines.question(ask), left]));
      if (answer === undefined) return undefined;
      answers[key] = tidy(answer);
      const problem = wrong[key](answers[key], folder);
      if (!problem) break;
      console.log(problem);
    }
  }
  lines.close();
  return answers;
}

/**
 * Without a terminal nobody can answer: all three must be given.
 * @param {Partial<Record<string, string>>} given
 * @param {string} folder
 */
function take(given, folder) {
  const missing = QUESTIONS.filter(({ key }) => given[key] === undefined);
  if (missing.length > 0) {
    console.error(`还缺 ${missing.map(({ key }) => `--${key}`).join('、')}。\n${USAGE}`);
    return undefined;
  }
  const answers = {
    id: tidy(given['id'] ?? ''),
    title: tidy(given['title'] ?? ''),
    method: tidy(given['method'] ?? ''),
  };
  const problems = QUESTIONS.flatMap(({ key }) => wrong[key](answers[key], folder) ?? []);
  if (problems.length === 0) return answers;
  console.error(problems.join('\n'));
  return undefined;
}

/** Today by this machine's clock, 2026-11-22. */
function today() {
  const now = new Date();
  const two = (/** @type {number} */ part) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** @param {string} shown the new file */
const nextSteps = (shown) => `已写好 ${shown}。接下来：
  1. 用记事本或别的文字编辑器打开它，照着 # 后面的说明逐项填写，再写五个部分的正文。
  2. 检查：npm test -- 内容。还没填的、写得不对的，会一条条用中文列出来；改到写着“通过”为止。
  3. 交稿：不用会 git，把这个文件发给网站管理员就行。
写法和例子都在 content/README.md。`;

async function run() {
  const given = readArgs();
  if (!given) return 1;
  const folder = given.folder ?? inRoot('content', 'cases');
  const asking = process.stdin.isTTY && QUESTIONS.some(({ key }) => given[key] === undefined);
  const answers = asking ? await ask(given, folder) : take(given, folder);
  if (!answers) {
    console.error('没有写任何文件。');
    return 1;
  }
  const file = join(folder, `${answers.id}.mdx`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, caseTemplate({ ...answers, added: today() }), { flag: 'wx' });
  console.log(nextSteps(given.folder ? file : relative(root, file)));
  return 0;
}

process.exitCode = await run();
