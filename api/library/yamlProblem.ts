import type { YAMLException } from 'js-yaml';

/**
 * The parser stops where it can no longer go on, often a line or a page after the slip.
 * `line` counts from 1 within `source`.
 */
export function yamlProblem(
  source: string,
  error: YAMLException,
): { line: number; message: string } {
  const lines = source.split(/\r?\n/);
  // `mark` is missing when a second document begins.
  const stopped = (error.mark as YAMLException['mark'] | undefined)?.line ?? lines.length - 1;
  if (error.reason?.startsWith('duplicated mapping key')) {
    return { line: stopped + 1, message: '这一项前面已经写过，删掉一处' };
  }
  for (const [index, line] of lines.slice(0, stopped + 1).entries()) {
    const message = slip(line);
    if (message) return { line: index + 1, message };
  }
  return { line: stopped + 1, message: '写法有误：检查缩进、冒号后面的空格和成对的引号、括号' };
}

const KEY = /^\s*(?:- )?(?:\{ ?)?[A-Za-z]+/.source;
const FULL_WIDTH_COLON = new RegExp(`${KEY}：`);
const NO_SPACE = new RegExp(`${KEY}:[^\\s/]`);

/** What is wrong with a line by itself, if anything. */
function slip(line: string): string | undefined {
  if (/^\s*(#|$)/.test(line)) return undefined;
  if (/^ *\t/.test(line)) return '行首不能用 Tab，改成空格，每一层两个空格';
  if (FULL_WIDTH_COLON.test(line)) return '项目名后面的冒号要用半角，后面空一格，例如 title: 标题';
  if (NO_SPACE.test(line)) return '冒号后面要空一格，例如 title: 标题';
  if (line.split('"').length % 2 === 0) return '引号 " 没有成对';
  if (count(line, '{') !== count(line, '}')) return '花括号 { } 没有成对';
  if (count(line, '[') !== count(line, ']')) return '方括号 [ ] 没有成对';
  return undefined;
}

const count = (line: string, mark: string): number => line.split(mark).length - 1;
