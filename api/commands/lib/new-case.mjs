import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { caseTemplate } from './case-template.mjs';
import { inRoot, root } from './paths.mjs';

/**
 * @typedef {'id' | 'title' | 'method'} Key what only the author knows
 * @typedef {object} Talk
 * @property {NodeJS.ReadableStream} input
 * @property {NodeJS.WritableStream} output
 * @property {NodeJS.WritableStream} errors
 * @property {boolean} interactive somebody can answer
 */

const USAGE =
  '不用问答也可以：npm run new:case -- --id anjing-xiaoqu --title 小区夜里安静了 --method 静音公约';
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * What is wrong with an answer, or nothing.
 * @type {Record<Key, (value: string, folder: string) => string | undefined>}
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

/** @type {{ key: Key, ask: string }[]} */
const QUESTIONS = [
  { key: 'method', ask: '工作法名称（同行叫它什么，例如 微网实格）' },
  { key: 'title', ask: '标题（给读者看的，说清做了什么，最多 40 个字）' },
  { key: 'id', ask: '编号（用作文件名和网址，小写拼音加连字符，例如 weiwang-shige）' },
];

/** @param {string} what @param {string} value @param {number} max */
function notWords(what, value, max) {
  if (value === '') return `请写${what}。`;
  const length = [...value].length;
  return length > max ? `${what}最多 ${max} 个字，现在是 ${length} 个。` : undefined;
}

/** One line, no spaces around it. @param {string} value */
const tidy = (value) => value.replace(/\s+/g, ' ').trim();

/**
 * @param {string[]} args
 * @returns {Partial<Record<Key | 'folder', string>> | undefined} nothing if there is more in them
 */
function readArgs(args) {
  const option = /** @type {const} */ ({ type: 'string' });
  try {
    const options = { id: option, title: option, method: option, folder: option };
    return parseArgs({ args, options }).values;
  } catch {
    return undefined;
  }
}

/**
 * Asks until each answer will do.
 * @param {Partial<Record<Key, string>>} given what the command line said already
 * @param {string} folder
 * @param {Talk} talk
 * @returns {Promise<Record<Key, string> | undefined>} nothing if the author left
 */
async function ask(given, folder, { input, output }) {
  const lines = createInterface({ input, output });
  /** @type {Promise<undefined>} */
  const left = new Promise((resolve) => lines.once('close', () => resolve(undefined)));
  const answers = { id: '', title: '', method: '' };
  for (const { key, ask } of QUESTIONS) {
    for (let known = given[key]; ; known = undefined) {
      if (known === undefined) output.write(`${ask}\n`);
      const answer = known ?? (await Promise.race([lines.question('> '), left]));
      if (answer === undefined) return undefined;
      answers[key] = tidy(answer);
      const problem = wrong[key](answers[key], folder);
      if (!problem) break;
      output.write(`${problem}\n`);
    }
  }
  lines.close();
  return answers;
}

/**
 * Where nobody can answer, all three must be given.
 * @param {Partial<Record<Key, string>>} given
 * @param {string} folder
 * @param {Talk} talk
 * @returns {Record<Key, string> | undefined}
 */
function take(given, folder, { errors }) {
  const missing = QUESTIONS.filter(({ key }) => given[key] === undefined);
  if (missing.length > 0) {
    errors.write(`还缺 ${missing.map(({ key }) => `--${key}`).join('、')}。\n${USAGE}\n`);
    return undefined;
  }
  const answers = {
    id: tidy(given.id ?? ''),
    title: tidy(given.title ?? ''),
    method: tidy(given.method ?? ''),
  };
  const problems = QUESTIONS.flatMap(({ key }) => wrong[key](answers[key], folder) ?? []);
  if (problems.length === 0) return answers;
  errors.write(`${problems.join('\n')}\n`);
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
  2. 检查：npm test -- 内容。还没填的、写得不对的，会一条条用中文列出来；改到“内容”前面是 ✓ 为止。
  3. 交稿：不用会 git，把这个文件发给网站管理员就行。
写法和例子都在 content/README.md。
`;

/**
 * `npm run new:case`: writes an empty case and says what to do next.
 * @param {string[]} args --id, --title, --method; --folder instead of content/cases
 * @param {Talk} talk
 * @returns {Promise<number>} the exit code; 1 when nothing was written
 */
export async function newCase(args, talk) {
  const given = readArgs(args);
  if (!given) {
    talk.errors.write(`只认得 --id、--title、--method 三项，每一项后面写内容。\n${USAGE}\n`);
    return 1;
  }
  const folder = given.folder ?? inRoot('content', 'cases');
  const asking = talk.interactive && QUESTIONS.some(({ key }) => given[key] === undefined);
  const answers = asking ? await ask(given, folder, talk) : take(given, folder, talk);
  if (!answers) {
    talk.errors.write('没有写任何文件。\n');
    return 1;
  }
  const file = join(folder, `${answers.id}.mdx`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, caseTemplate({ ...answers, added: today() }), { flag: 'wx' });
  talk.output.write(nextSteps(given.folder ? file : relative(root, file)));
  return 0;
}
