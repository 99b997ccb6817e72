/** The newest cases, methods and sessions together, for the home page and the feeds. */
import { caseUrl, type Library, methodUrl } from './cases.ts';
import type { Session } from './sessions.ts';

export interface Novelty {
  url: string;
  kind: '案例' | '方法' | '沙龙';
  title: string;
  gist: string;
  /** ISO date */
  added: string;
}

export function novelties(
  { cases, methods }: Library,
  sessions: readonly Session[],
  most: number,
): Novelty[] {
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
    ...sessions.map(({ url, salon, number, title, gist, publishedOn }) => ({
      url,
      kind: '沙龙' as const,
      title: `${salon.name}第 ${number} 期：${title}`,
      gist,
      added: publishedOn,
    })),
  ]
    .sort((a, b) => b.added.localeCompare(a.added))
    .slice(0, most);
}
