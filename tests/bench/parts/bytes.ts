import type { Browser } from '@playwright/test';
import type { BenchCase } from '../corpus.ts';
import { again } from '../measure/again.ts';
import { type Server, serveStatic } from '../measure/staticServer.ts';
import { kilobytes, printTable, summarize } from '../measure/summary.ts';
import { openWire, type Wire } from '../measure/wire.ts';
import { ourPageTypes, type PageType } from '../pageTypes.ts';
import { builtProjects } from '../projects/built.ts';
import { buildRealSite } from '../projects/realSite.ts';
import { serveOurs } from '../search/ourServer.ts';

/** Bytes of one cold load as the browser counts them (headers and bodies as sent). */
export type PageBytes = {
  path: string;
  html: number;
  css: number;
  javascript: number;
  other: number;
  total: number;
  requests: number;
  /** The same counted at the socket; icons that the browser asks for by itself are in it too. */
  wire: number;
};

const KINDS = [
  ['html', /html/],
  ['css', /css/],
  ['javascript', /javascript|ecmascript/],
] as const;

async function loadCold(browser: Browser, wire: Wire, path: string): Promise<PageBytes> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 390, height: 844 },
  });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const types = new Map<string, string>();
    const bytes: PageBytes = {
      path,
      html: 0,
      css: 0,
      javascript: 0,
      other: 0,
      total: 0,
      requests: 0,
      wire: 0,
    };
    session.on('Network.responseReceived', ({ requestId, response }) => {
      types.set(requestId, response.mimeType);
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const type = types.get(requestId) ?? '';
      const kind = KINDS.find(([, pattern]) => pattern.test(type))?.[0] ?? 'other';
      bytes[kind] += encodedDataLength;
      bytes.total += encodedDataLength;
      bytes.requests += 1;
    });
    await session.send('Network.enable');
    wire.take();
    await page.goto(`${wire.origin}${path}`, { waitUntil: 'load' });
    await wire.settled();
    return { ...bytes, wire: wire.take() };
  } finally {
    await context.close();
  }
}

async function measureTypes(browser: Browser, server: Server, types: readonly PageType[]) {
  const wire = await openWire(server.origin);
  try {
    const measured: { label: string; pages: PageBytes[] }[] = [];
    for (const { label, paths } of types) {
      const pages: PageBytes[] = [];
      for (const path of paths) {
        // The first load lets the server read and compress; only the second counts.
        await again(() => loadCold(browser, wire, path));
        pages.push(await again(() => loadCold(browser, wire, path)));
      }
      measured.push({ label, pages });
    }
    return measured;
  } finally {
    await wire.close();
    await server.close();
  }
}

/** Bytes of each of our page types with the real content, and of one case, the same text, in every site. */
export async function benchBytes(browser: Browser, cases: readonly BenchCase[]) {
  const dist = await buildRealSite();
  const types = await measureTypes(browser, await serveOurs(dist), ourPageTypes(dist));
  const sample = cases.slice(0, 5);
  for (const project of await builtProjects(cases)) {
    const folder = project.dist(cases.length);
    const server = project.id === 'ours' ? await serveOurs(folder) : await serveStatic(folder);
    const paths = sample.map(({ slug }) => project.casePath(slug));
    const label = `生成的案例，${project.label}`;
    types.push(...(await measureTypes(browser, server, [{ label, paths }])));
  }
  const result = types.map(({ label, pages }) => ({
    label,
    total: summarize(pages.map((page) => page.total)),
    javascript: summarize(pages.map((page) => page.javascript)),
    pages,
  }));
  const middle = (pages: readonly PageBytes[], pick: (page: PageBytes) => number) =>
    kilobytes(summarize(pages.map(pick)).median);
  printTable(
    '每种页面首次打开的字节（中位数）',
    ['', '页数', 'HTML', 'CSS', 'JS', '其他', '合计', '合计最多', '请求'],
    result.map(({ label, pages, total }) => [
      label,
      String(pages.length),
      middle(pages, (page) => page.html),
      middle(pages, (page) => page.css),
      middle(pages, (page) => page.javascript),
      middle(pages, (page) => page.other),
      kilobytes(total.median),
      kilobytes(total.max),
      summarize(pages.map((page) => page.requests)).median.toFixed(0),
    ]),
  );
  return result;
}
