import { resolve } from 'node:path';
import {
  type CaseEntry,
  ContentError,
  type ContentProblem,
  type FullMethod,
  loadLibrary,
  type MethodEntry,
  type Problem,
  type Theme,
} from '../../api/library/contract.ts';

/** The one query of the library: everything, with what the files say of each other looked up. */

export type Method = MethodEntry & { cases: CaseEntry[] };

export interface Library {
  /** Newest first. */
  cases: CaseEntry[];
  methods: Method[];
  themes: Theme[];
  caseById: ReadonlyMap<string, CaseEntry>;
  methodById: ReadonlyMap<string, Method>;
  themeById: ReadonlyMap<string, Theme>;
  problemById: ReadonlyMap<string, Problem & { theme: Theme }>;
}

/** The folder that holds cases/, methods/ and themes.yaml. */
const contentDir = resolve(process.env['YUANZHUO_CONTENT'] ?? 'content');

let loading: Promise<Library> | undefined;

/**
 * Read once a build, and anew for each page while somebody writes. Astro's content layer would hold
 * every entry a second time, serialised, and make a module of it: a third of the time at 3,000 pages.
 * @throws with every mistake of content/ in words
 */
export function getLibrary(): Promise<Library> {
  if (import.meta.env.DEV) return load();
  loading ??= load();
  return loading;
}

async function load(): Promise<Library> {
  const { library, problems: mistakes } = await loadLibrary(contentDir);
  if (mistakes.length > 0) throw new ContentError(mistakes.map(inWords).join('\n'));
  const cases = library.cases.toSorted(
    (a, b) => b.added.localeCompare(a.added) || a.id.localeCompare(b.id),
  );
  const usedBy = new Map<string, CaseEntry[]>();
  for (const entry of cases) {
    for (const id of entry.methods) {
      const others = usedBy.get(id);
      if (others) others.push(entry);
      else usedBy.set(id, [entry]);
    }
  }
  const methods = library.methods.map((method) => ({
    ...method,
    cases: usedBy.get(method.id) ?? [],
  }));
  const { themes } = library;
  const problems = themes.flatMap((theme) => theme.problems.map((one) => ({ ...one, theme })));
  return {
    cases,
    methods,
    themes,
    caseById: byId(cases),
    methodById: byId(methods),
    themeById: byId(themes),
    problemById: byId(problems),
  };
}

const inWords = ({ file, field, message }: ContentProblem) =>
  `content/${file}${field ? ` · ${field}` : ''}：${message}`;

const byId = <T extends { id: string }>(entries: T[]) =>
  new Map(entries.map((entry) => [entry.id, entry]));

export const isFull = <T extends MethodEntry>(method: T): method is T & FullMethod =>
  method.state === 'full';

export const caseUrl = (id: string) => `/cases/${id}/`;
export const methodUrl = (id: string) => `/methods/${id}/`;
export const themeUrl = (id: string) => `/themes/${id}/`;
export const problemUrl = (id: string) => `/problems/${id}/`;
