import { Feed } from 'feed';
import { getLibrary } from './cases.ts';
import { novelties } from './novelties.ts';
import { getSessions } from './sessions.ts';

const MOST = 50;

/** The newest cases, methods and sessions as a feed; the library `feed` writes Atom, RSS and JSON from it. */
export async function newestFeed(site: URL | undefined): Promise<Feed> {
  const absolute = (path: string) => new URL(path, site).href;
  const [library, { sessions }] = await Promise.all([getLibrary(), getSessions()]);
  const newest = novelties(library, sessions, MOST);
  const feed = new Feed({
    id: absolute('/'),
    link: absolute('/'),
    title: '圆桌 · 社区治理案例与方法',
    description: '新收的社区治理案例、方法和公布的沙龙',
    language: 'zh-CN',
    copyright: '案例依据公开材料改写，出处见各页',
    updated: new Date(newest[0]?.added ?? 0),
    feedLinks: {
      atom: absolute('/feed.atom'),
      rss: absolute('/feed.rss'),
      json: absolute('/feed.json'),
    },
  });
  for (const { url, kind, title, gist, added } of newest) {
    feed.addItem({
      id: absolute(url),
      link: absolute(url),
      title: `${kind}｜${title}`,
      description: gist,
      date: new Date(added),
    });
  }
  return feed;
}
