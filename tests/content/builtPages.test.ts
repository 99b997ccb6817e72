import { beforeAll, describe, expect, it } from 'vitest';
import type { CaseEntry, MethodEntry } from '../../api/library/contract.ts';
import { loadLibrary } from '../../api/library/loadLibrary.ts';
import {
  BUILD_MS,
  type BuiltPage,
  builtPages,
  builtSite,
  elementsOf,
  findElement,
  textBlocks,
} from './builtSite.ts';

/** What a reader finds on the pages as they were built. */

let pages: BuiltPage[] = [];
let cases: CaseEntry[] = [];
let methods: MethodEntry[] = [];

beforeAll(async () => {
  pages = await builtPages(await builtSite());
  ({ cases, methods } = (await loadLibrary('content')).library);
}, BUILD_MS);

function pageAt(url: string): BuiltPage {
  const page = pages.find((one) => one.url === url);
  if (!page) throw new Error(`no page ${url}`);
  return page;
}

const partOf = (url: string, selector: (id: string) => boolean) => {
  const { tree } = pageAt(url);
  const part = findElement(tree, ({ properties }) => selector(String(properties['id'] ?? '')));
  if (!part) throw new Error(`${url} has no such part`);
  return part;
};
const mainText = (url: string) => textBlocks(partOf(url, (id) => id === 'main')).join('\n');

describe('punctuation', () => {
  const HAN = '[\\p{Script=Han}“”‘’「」『』《》（）…—]';
  const HALF = [
    new RegExp(`${HAN}\\s*[,;:?!()"']`, 'u'),
    /[,;:?!()"']\s*[\p{Script=Han}“‘「『《（]/u,
    /\p{Script=Han}\s*\.(?=\s|$|\p{Script=Han})/u,
  ];
  const SPOKEN = ['ariaLabel', 'title', 'alt', 'placeholder', 'content', 'label', 'dataCopy'];

  const offence = (text: string) => {
    const match = HALF.map((half) => half.exec(text)).find((found) => found);
    return match ? [text.slice(Math.max(0, match.index - 12), match.index + 12)] : [];
  };

  it('the rule itself sees what it should', () => {
    const bad = [
      '人多,手少',
      '（见）:甲',
      '社区(村)',
      '18 名 (新)',
      '"社区"',
      '完了.',
      '完了. 又',
      '吗?',
    ];
    expect(bad.filter((text) => offence(text).length === 0)).toEqual([]);
    const good = [
      '人多，手少',
      '1.5 万',
      'App (iOS)',
      '见 https://a.cn/?a=1,2',
      '30—100 户',
      '3:2',
    ];
    expect(good.flatMap(offence)).toEqual([]);
  });

  it('beside Chinese is Chinese on every page, in text and in what is read aloud', () => {
    const offenders = pages.flatMap(({ url, tree }) => {
      const spoken = elementsOf(tree).flatMap(({ properties }) =>
        SPOKEN.flatMap((name) => (typeof properties[name] === 'string' ? [properties[name]] : [])),
      );
      return [...textBlocks(tree), ...spoken].flatMap(offence).map((text) => `${url} ${text}`);
    });
    expect([...new Set(offenders)]).toEqual([]);
  });
});

describe('what the source hides or lacks', () => {
  it('a withheld figure reads 原文未公开, and only such a figure', () => {
    for (const { id, figures } of cases) {
      const [, ...rows] = elementsOf(partOf(`/cases/${id}/`, (part) => part === 'figures'))
        .filter(({ tagName }) => tagName === 'tr')
        .map((row) => row.children.map((cell) => textBlocks(cell).join(' ')).filter(Boolean));
      expect([id, rows.length]).toEqual([id, figures.length]);
      figures.forEach(({ label, value }, n) => {
        const [name, shown] = rows[n] ?? [];
        expect(name).toMatch(new RegExp(`^${RegExp.escape(label)}`));
        if (value === 'withheld') expect([id, label, shown]).toEqual([id, label, '原文未公开']);
        else expect([id, label, shown]).toEqual([id, label, expect.stringMatching(/\d/)]);
      });
    }
  });

  it('an inferred place says so beside its clues; a stated one does not', () => {
    for (const { id, place } of cases) {
      const field = findElement(
        pageAt(`/cases/${id}/`).tree,
        ({ properties }) => properties['dataField'] === 'place',
      );
      const text = field ? textBlocks(field).join(' ') : '';
      const parts = Object.values(place).filter((part) => part !== undefined);
      const clues = parts.flatMap((part) => (part.is === 'inferred' ? part.clues : []));
      expect([id, text.includes('推断')]).toEqual([id, clues.length > 0]);
      expect([id, clues.filter((clue) => !text.includes(clue))]).toEqual([id, []]);
      if (parts.every(({ is }) => is === 'withheld'))
        expect([id, text]).toEqual([id, '地点原文未公开']);
    }
  });

  it('on lists, too, an inferred place is marked', () => {
    const inferred = cases.filter(({ source }) => source.flags.includes('地名推断'));
    expect(inferred.length).toBeGreaterThan(0);
    const list = mainText('/cases/');
    for (const { place } of inferred) {
      const name = Object.values(place)
        .map((part) => (part && 'name' in part ? part.name : ''))
        .join('');
      expect(list).toContain(`${name}（推断）`);
    }
  });

  it('a truncated case says what is missing and whom to tell', () => {
    const truncated = cases.filter(({ source }) => source.flags.includes('残缺'));
    expect(truncated.map(({ id }) => id)).toContain('wuqing-liandong');
    for (const { id, source } of truncated) {
      const notice = findElement(
        pageAt(`/cases/${id}/`).tree,
        ({ properties }) => properties['ariaLabel'] === '来源残缺',
      );
      const text = notice ? textBlocks(notice).join(' ') : '';
      expect([id, source.missing.filter((part) => !text.includes(part))]).toEqual([id, []]);
      const link = notice && findElement(notice, ({ tagName }) => tagName === 'a');
      expect([id, link?.properties['href']]).toEqual([id, '/sources/#supplement']);
    }
  });

  it('a method of which only the name is known has no steps, and is not counted', () => {
    for (const { id, state } of methods) {
      const text = mainText(`/methods/${id}/`).split('\n');
      const parts = ['来源仅有名称', '步骤', '谁做什么'].filter((part) => text.includes(part));
      const expected = state === 'full' ? ['步骤', '谁做什么'] : ['来源仅有名称'];
      expect([id, parts]).toEqual([id, expected]);
    }
    const full = methods.filter(({ state }) => state === 'full').length;
    expect(mainText('/').replace(/\s/g, '')).toContain(`${full}有做法的方法`);
  });
});

describe('diagrams', () => {
  it('each is a named picture with its table', () => {
    for (const { id, diagrams } of cases) {
      const figures = elementsOf(pageAt(`/cases/${id}/`).tree).filter(
        ({ properties }) => String(properties['className']) === 'diagram',
      );
      expect([id, figures.map(({ properties }) => properties['id']).toSorted()]).toEqual([
        id,
        diagrams.map((one) => `diagram-${one.id}`).toSorted(),
      ]);
      for (const figure of figures) {
        const svg = findElement(figure, ({ tagName }) => tagName === 'svg');
        const label = findElement(
          figure,
          ({ properties }) => properties['id'] === svg?.properties['ariaLabelledBy']?.toString(),
        );
        expect(svg?.properties['role']).toBe('img');
        expect(label && textBlocks(label)).toHaveLength(1);
        expect(findElement(figure, ({ tagName }) => tagName === 'table')).toBeDefined();
      }
    }
  });
});

describe('links', () => {
  it('inside the site lead somewhere', () => {
    const ids = new Map(
      pages.map(({ url, tree }) => [
        url,
        new Set(elementsOf(tree).map(({ properties }) => String(properties['id'] ?? ''))),
      ]),
    );
    const dead = pages.flatMap(({ url, tree }) =>
      elementsOf(tree).flatMap(({ tagName, properties }) => {
        const href = properties['href'];
        if (tagName !== 'a' || typeof href !== 'string' || !/^[/#]/.test(href)) return [];
        const { pathname, hash } = new URL(href, `http://site${url}`);
        if (/\.(atom|rss|json|xml|txt)$/.test(pathname)) return [];
        const known = ids.get(pathname);
        return known && (hash.length < 2 || known.has(decodeURIComponent(hash.slice(1))))
          ? []
          : [`${url} → ${href}`];
      }),
    );
    expect([...new Set(dead)]).toEqual([]);
  });
});
