import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { contentDir } from './projects/paths.ts';

/** A kind of page with all the addresses of its kind that are measured; the first stands for all. */
export type PageType = { label: string; paths: string[] };

const idsIn = (folder: string) =>
  readdirSync(join(contentDir, folder))
    .filter((name) => name.endsWith('.mdx'))
    .map((name) => name.replace(/\.mdx$/, ''))
    .sort();

const builtFolders = (dist: string, folder: string) =>
  existsSync(join(dist, folder))
    ? readdirSync(join(dist, folder))
        .filter((name) => existsSync(join(dist, folder, name, 'index.html')))
        .map((name) => `/${folder}/${name}/`)
        .sort()
    : [];

/** The page types of 圆桌 as built from the real content; those that are not built are left out. */
export function ourPageTypes(dist: string): PageType[] {
  const cases = idsIn('cases');
  const types: PageType[] = [
    { label: '首页', paths: ['/'] },
    { label: '案例列表', paths: ['/cases/'] },
    { label: '案例', paths: builtFolders(dist, 'cases') },
    { label: '方法列表', paths: ['/methods/'] },
    { label: '方法', paths: builtFolders(dist, 'methods') },
    { label: '主题列表', paths: ['/themes/'] },
    { label: '主题', paths: builtFolders(dist, 'themes') },
    { label: '对比', paths: [`/compare/?cases=${cases.slice(0, 3).join(',')}`] },
    { label: '我遇到的问题', paths: ['/problems/'] },
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
