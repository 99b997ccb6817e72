import type { Block, Section } from './body.ts';
import type { Diagram } from './diagram.ts';
import type { Theme } from './method.ts';
import type { CaseEntry, ContentProblem, MethodEntry } from './read.ts';

/** What holds between the files of the library. Pure. */

export interface Library {
  themes: Theme[];
  cases: CaseEntry[];
  methods: MethodEntry[];
}

/** Every reference names something that exists, and no name or number stands twice. */
export function checkLibrary(library: Library): ContentProblem[] {
  return [
    ...checkThemes(library.themes),
    ...library.cases.flatMap((entry) => checkCase(entry, library)),
    ...library.methods.flatMap((entry) => checkMethod(entry, library)),
    ...checkNames(library.methods),
  ];
}

const ids = (entries: readonly { id: string }[]) => new Set(entries.map((entry) => entry.id));
const problemIds = (themes: Theme[]) =>
  new Set(themes.flatMap((theme) => [...ids(theme.problems)]));

function checkThemes(themes: Theme[]): ContentProblem[] {
  const all = themes.flatMap((theme) => [theme.id, ...theme.problems.map((one) => one.id)]);
  return repeated(all).map((id) => ({
    file: 'themes.yaml',
    field: 'id',
    message: `编号 ${id} 用了两次，换一个`,
  }));
}

function checkCase(entry: CaseEntry, { themes, cases, methods }: Library): ContentProblem[] {
  const file = `cases/${entry.id}.mdx`;
  return [
    ...unknown(file, 'themes（主题）', entry.themes, ids(themes), 'content/themes.yaml'),
    ...unknownProblems(file, entry.answers, themes),
    ...unknown(file, 'methods（方法）', entry.methods, ids(methods), 'content/methods/'),
    ...unknown(file, 'related（相关案例）', entry.related, ids(cases), 'content/cases/'),
    ...(entry.related.includes(entry.id)
      ? [{ file, field: 'related（相关案例）', message: '不要把自己列为相关案例' }]
      : []),
    ...checkBlocks(file, entry.sections, 'MethodCard', new Set(entry.methods), 'methods'),
    ...checkBlocks(file, entry.sections, 'Diagram', ids(entry.diagrams), 'diagrams'),
    ...checkDiagrams(file, entry.diagrams),
    ...twice(file, 'themes（主题）', entry.themes),
    ...twice(file, 'methods（方法）', entry.methods),
    ...twice(file, 'related（相关案例）', entry.related),
  ];
}

function checkMethod(entry: MethodEntry, { themes }: Library): ContentProblem[] {
  const file = `methods/${entry.id}.mdx`;
  const diagrams = entry.state === 'full' ? entry.diagrams : [];
  return [
    ...unknown(file, 'themes（主题）', entry.themes, ids(themes), 'content/themes.yaml'),
    ...checkBlocks(file, entry.sections, 'Diagram', ids(diagrams), 'diagrams'),
    ...(placed(entry.sections, 'MethodCard').length > 0
      ? [{ file, field: '正文', message: '<MethodCard> 只放在案例里，方法里不放' }]
      : []),
    ...checkDiagrams(file, diagrams),
    ...twice(file, 'themes（主题）', entry.themes),
    ...(entry.state === 'full' ? unknownProblems(file, entry.answers, themes) : []),
  ];
}

function checkNames(methods: MethodEntry[]): ContentProblem[] {
  return repeated(methods.flatMap((method) => [method.name, ...method.aliases])).map((name) => ({
    file: 'methods/',
    field: 'name（名称）',
    message: `「${name}」在两个方法里出现，合并成一个或改名`,
  }));
}

const twice = (file: string, field: string, named: readonly string[]): ContentProblem[] =>
  repeated(named).map((id) => ({ file, field, message: `${id} 写了两次，留一处` }));

const checkDiagrams = (file: string, diagrams: Diagram[]): ContentProblem[] => [
  ...twice(
    file,
    'diagrams（图）',
    diagrams.map((diagram) => diagram.id),
  ),
  ...diagrams.flatMap((diagram) => checkMatrix(file, diagram)),
];

function checkMatrix(file: string, diagram: Diagram): ContentProblem[] {
  if (diagram.kind !== 'matrix') return [];
  return diagram.cells
    .filter((cell) => !diagram.rows.includes(cell.row) || !diagram.columns.includes(cell.column))
    .map((cell) => ({
      file,
      field: `diagrams（图）${diagram.id}`,
      message: `格「${cell.row} × ${cell.column}」不在 rows 和 columns 里`,
    }));
}

const unknownProblems = (file: string, answers: { problem: string }[], themes: Theme[]) =>
  unknown(
    file,
    'answers（回应的问题）',
    answers.map((one) => one.problem),
    problemIds(themes),
    'content/themes.yaml 的 problems',
  );

function unknown(
  file: string,
  field: string,
  named: readonly string[],
  known: ReadonlySet<string>,
  where: string,
): ContentProblem[] {
  return named
    .filter((id) => !known.has(id))
    .map((id) => ({ file, field, message: `没有 ${id} 这个编号，请在 ${where} 里核对` }));
}

function checkBlocks(
  file: string,
  sections: Section[],
  component: 'MethodCard' | 'Diagram',
  known: ReadonlySet<string>,
  field: string,
): ContentProblem[] {
  const found = placed(sections, component);
  return [
    ...found
      .filter((id) => !known.has(id))
      .map((id) => ({
        file,
        field: '正文',
        message: `<${component} id="${id}" /> 没有对应的编号，请先写进 ${field}`,
      })),
    ...repeated(found).map((id) => ({
      file,
      field: '正文',
      message: `<${component} id="${id}" /> 放了两次，留一处`,
    })),
  ];
}

const placed = (sections: Section[], component: 'MethodCard' | 'Diagram'): string[] =>
  sections
    .flatMap((section) => section.blocks)
    .filter((block): block is Extract<Block, { id: string }> => 'component' in block)
    .filter((block) => block.component === component)
    .map((block) => block.id);

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
