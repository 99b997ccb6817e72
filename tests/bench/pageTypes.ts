import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { contentDir } from './projects/paths.ts';

/** A kind of page with all the addresses of its kind that are measured; the first, the longest, stands for all. */
export type PageType = { label: string; paths: string[] };

const idsIn = (folder: string) =>
  readdirSync(join(contentDir, folder))
    .filter((name) => name.endsWith('.mdx'))
    .map((name) => name.replace(/\.mdx$/, ''))
    .sort();

/** More pages of one kind than this say nothing new. */
const PAGES_OF_A_KIND = 12;

/** Built pages below a folder, longest first: all, or some from the longest to the shortest. */
function builtPages(dist: string, folder: string): string[] {
  if (!existsSync(join(dist, folder))) return [];
  const pages = readdirSync(join(dist, folder))
    .map((name) => ({ name, file: join(dist, folder, name, 'index.html') }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, file }) => ({ path: `/${folder}/${name}/`, size: statSync(file).size }))
    .sort((a, b) => b.size - a.size || a.path.localeCompare(b.path));
  const step = Math.max(1, (pages.length - 1) / (PAGES_OF_A_KIND - 1));
  const chosen = new Set<string>();
  for (let at = 0; at <= pages.length - 1; at += step) {
    const page = pages[Math.round(at)];
    if (page) chosen.add(page.path);
  }
  return [...chosen];
}

/** The page types of 圆桌 as built from the real content; those that are not built are left out. */
export function ourPageTypes(dist: string): PageType[] {
  const cases = idsIn('cases');
  const types: PageType[] = [
    { label: '首页', paths: ['/'] },
    { label: '案例列表', paths: ['/cases/'] },
    { label: '案例', paths: builtPages(dist, 'cases') },
    { label: '方法列表', paths: ['/methods/'] },
    { label: '方法', paths: builtPages(dist, 'methods') },
    { label: '主题列表', paths: ['/themes/'] },
    { label: '主题', paths: builtPages(dist, 'themes') },
    { label: '对比', paths: [`/compare/?cases=${cases.slice(0, 3).join(',')}`] },
    { label: '我遇到的问题', paths: ['/problems/'] },
    { label: '问题', paths: builtPages(dist, 'problems') },
    { label: '搜索', paths: ['/search/?q=网格'] },
    { label: '来源', paths: ['/sources/'] },
    { label: '找不到的页面', paths: ['/no-such-page/'] },
  ];
  const isBuilt = (path: string) =>
    path === '/no-such-page/' || existsSync(join(dist, path.replace(/\?.*$/, ''), 'index.html'));
  return types
    .map(({ label, paths }) => ({ label, paths: paths.filter(isBuilt) }))
    .filter(({ paths }) => paths.length > 0);
}
