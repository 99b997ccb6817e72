/** The newest of the library, cases and methods together, for the home page and the feeds. */
import { caseUrl, type Library, methodUrl } from './cases.ts';

export interface Novelty {
  url: string;
  kind: '案例' | '方法';
  title: string;
  gist: string;
  /** ISO date */
  added: string;
}

export function novelties({ cases, methods }: Library, most: number): Novelty[] {
  return [
    ...cases.map(({ id, title, method, gist, added }) => ({
      url: caseUrl(id),
      kind: '案例' as const,
      title: `${method}：${title}`,
      gist,
      added,
    })),
    ...methods
      .filter(({ state }) => state === 'full')
      .map(({ id, name, gist, added }) => ({
        url: methodUrl(id),
        kind: '方法' as const,
        title: name,
        gist,
        added,
      })),
  ]
    .sort((a, b) => b.added.localeCompare(a.added))
    .slice(0, most);
}
