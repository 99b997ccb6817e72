import { fileURLToPath } from 'node:url';
import type { CaseEntry } from '../../api/library/contract.ts';
import { WITHHELD_TEXT } from '../../api/library/contract.ts';
import { loadLibrary } from '../../api/library/loadLibrary.ts';

/** What the files in content/ say: the truth that pages are held against. */
export const { library } = await loadLibrary(
  fileURLToPath(new URL('../../content', import.meta.url)),
);

export const addressOf = ({ id }: CaseEntry) => `/cases/${id}/`;

export const themeNamed = (name: string) => library.themes.find((theme) => theme.name === name);

const themeName = (id: string) => library.themes.find((theme) => theme.id === id)?.name ?? '';
const problemName = (id: string) =>
  library.themes.flatMap(({ problems }) => problems).find((one) => one.id === id)?.name ?? '';

/** The facets of the case list by their label: what a case has of each. */
export const FACETS: Readonly<Record<string, (entry: CaseEntry) => readonly string[]>> = {
  主题: ({ themes }) => themes.map(themeName),
  问题: ({ answers }) => answers.map(({ problem }) => problemName(problem)),
  小区类型: ({ settlements }) => settlements,
  层级: ({ level }) => [level],
  省份: ({ place: { province } }) => [province.is === 'withheld' ? WITHHELD_TEXT : province.name],
  来源状况: ({ source }) => source.flags,
};

/** The addresses of the cases that have every one of these values, sorted. */
export function casesWith(chosen: Readonly<Record<string, string>>): string[] {
  const fits = (entry: CaseEntry) =>
    Object.entries(chosen).every(([label, value]) => FACETS[label]?.(entry).includes(value));
  return library.cases.filter(fits).map(addressOf).sort();
}
