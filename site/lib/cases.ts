import { getCollection } from 'astro:content';
import type {
  CaseEntry,
  FullMethod,
  MethodEntry,
  Problem,
  Theme,
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

let loading: Promise<Library> | undefined;

export function getLibrary(): Promise<Library> {
  if (import.meta.env.DEV) return load();
  loading ??= load();
  return loading;
}

async function load(): Promise<Library> {
  const [caseEntries, methodEntries, themeEntries] = await Promise.all([
    getCollection('cases'),
    getCollection('methods'),
    getCollection('themes'),
  ]);
  const cases = caseEntries
    .map(({ data }) => data)
    .sort((a, b) => b.added.localeCompare(a.added) || a.id.localeCompare(b.id));
  const usedBy = new Map<string, CaseEntry[]>();
  for (const entry of cases) {
    for (const id of entry.methods) usedBy.set(id, [...(usedBy.get(id) ?? []), entry]);
  }
  const methods = methodEntries.map(({ data }) => ({ ...data, cases: usedBy.get(data.id) ?? [] }));
  const themes = themeEntries.map(({ data }) => data).sort((a, b) => a.order - b.order);
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

const byId = <T extends { id: string }>(entries: T[]) =>
  new Map(entries.map((entry) => [entry.id, entry]));

export const isFull = <T extends MethodEntry>(method: T): method is T & FullMethod =>
  method.state === 'full';

export const caseUrl = (id: string) => `/cases/${id}/`;
export const methodUrl = (id: string) => `/methods/${id}/`;
export const themeUrl = (id: string) => `/themes/${id}/`;
export const problemUrl = (id: string) => `/problems/${id}/`;
