import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { z } from 'zod';
import { checkCaseSections, readBody, type Section } from './body.ts';
import { type CaseFrontMatter, caseFrontMatter } from './case.ts';
import { fieldName } from './fields.ts';
import { explain } from './messages.ts';
import { type MethodFrontMatter, methodFrontMatter, type Theme, themesFile } from './method.ts';
import { slug } from './shapes.ts';
import { yamlProblem } from './yamlProblem.ts';

/** Text of a file in, an entry or a list of problems an author can act on out. No I/O. */

export type CaseEntry = CaseFrontMatter & { id: string; sections: Section[] };
export type MethodEntry = MethodFrontMatter & { id: string; sections: Section[] };

export interface ContentProblem {
  /** Path below content/, e.g. cases/weiwang-shige.mdx */
  file: string;
  /** The field in words, 空 when the file as a whole is meant. */
  field: string;
  message: string;
}

export type Read<T> = { entry: T; problems: [] } | { entry: undefined; problems: ContentProblem[] };

/** Windows' editor puts a mark before the first character. */
const BYTE_ORDER_MARK = /^\uFEFF/;
const FRONT_MATTER = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/;

z.config(z.locales.zhCN());

export const readCase = (file: string, source: string): Read<CaseEntry> =>
  readEntry(file, source, caseFrontMatter, checkCaseSections);

export const readMethod = (file: string, source: string): Read<MethodEntry> =>
  readEntry(file, source, methodFrontMatter, (sections) =>
    sections.length === 0 ? ['正文是空的，请写一段「是什么」'] : [],
  );

export function readThemes(file: string, text: string): Read<Theme[]> {
  const yaml = parseYaml(file, text.replace(BYTE_ORDER_MARK, ''), 0);
  if ('problem' in yaml) return { entry: undefined, problems: [yaml.problem] };
  return validate(file, yaml.value, themesFile);
}

function readEntry<T extends object>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  checkSections: (sections: Section[]) => string[],
): Read<T & { id: string; sections: Section[] }> {
  const source = text.replace(BYTE_ORDER_MARK, '');
  const id = file.replace(/^.*\//, '').replace(/\.mdx$/, '');
  const match = FRONT_MATTER.exec(source);
  if (!match?.[1]) {
    const message =
      '文件要以 --- 开头，写好各项，再用单独一行 --- 结束；可照着 content/README.md 的样子写';
    return { entry: undefined, problems: [{ file, field: '', message }] };
  }
  const headLines = match[0].split('\n').length - 1;
  const yaml = parseYaml(file, match[1], 1);
  const body = readBody(source.slice(match[0].length));
  const front = 'problem' in yaml ? undefined : validate(file, yaml.value, schema);
  const problems: ContentProblem[] = [
    ...(slug.safeParse(id).success
      ? []
      : [{ file, field: '文件名', message: '文件名只用小写拼音、数字和连字符' }]),
    ...('problem' in yaml ? [yaml.problem] : (front?.problems ?? [])),
    ...body.problems.map((problem) => ({
      file,
      field: problem.line ? `正文第 ${problem.line + headLines} 行` : '正文',
      message: problem.message,
    })),
    ...(body.problems.length > 0 ? [] : checkSections(body.sections)).map((message) => ({
      file,
      field: '正文',
      message,
    })),
  ];
  if (problems.length > 0 || !front?.entry) return { entry: undefined, problems };
  return { entry: { ...front.entry, id, sections: body.sections }, problems: [] };
}

function parseYaml(
  file: string,
  source: string,
  linesBefore: number,
): { value: unknown } | { problem: ContentProblem } {
  try {
    const value = load(source, { schema: CORE_SCHEMA });
    if (!hasShared(value)) return { value };
    const message = '不要用 & 和 * 引用别处，照样再写一遍';
    return { problem: { file, field: '', message } };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line, message } = yamlProblem(source, error);
    return { problem: { file, field: `第 ${line + linesBefore} 行`, message } };
  }
}

/** With references a small file becomes a tree without end. */
function hasShared(value: unknown, seen = new Set<object>()): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (seen.has(value)) return true;
  seen.add(value);
  return Object.values(value).some((part) => hasShared(part, seen));
}

function validate<T>(file: string, value: unknown, schema: z.ZodType<T>): Read<T> {
  const result = schema.safeParse(value, { error: explain });
  if (result.success) return { entry: result.data, problems: [] };
  const problems = result.error.issues.map((issue) => ({
    file,
    field: fieldName(issue.path),
    message: issue.message,
  }));
  return { entry: undefined, problems };
}
