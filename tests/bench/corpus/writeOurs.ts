import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LEVELS, PROVINCES, readThemes, SETTLEMENTS } from '../../../api/library/contract.ts';
import { type BenchCase, CHECKLIST_HEADING } from '../corpus.ts';
import { createRandom, type Random } from './random.ts';

/** What the real content offers to choose from. */
type Choices = { themes: string[]; problems: string[]; methods: string[] };

function readChoices(contentDir: string): Choices {
  const file = 'themes.yaml';
  const { entry: themes } = readThemes(file, readFileSync(join(contentDir, file), 'utf8'));
  if (!themes) throw new Error('content/themes.yaml 有误：请先运行 npm test 改好。');
  const methods = readdirSync(join(contentDir, 'methods'))
    .filter((name) => name.endsWith('.mdx'))
    .map((name) => name.replace(/\.mdx$/, ''))
    .sort();
  return {
    themes: themes.map((theme) => theme.id),
    problems: themes.flatMap((theme) => theme.problems.map((problem) => problem.id)),
    methods,
  };
}

function some<T>(random: Random, list: readonly T[], count: number): T[] {
  const chosen = new Set<T>();
  for (let tries = 0; chosen.size < Math.min(count, list.length) && tries < 200; tries += 1) {
    chosen.add(random.pick(list));
  }
  return [...chosen];
}

/** JSON is YAML, and quotes whatever needs it. */
const yaml = (value: Record<string, unknown>) =>
  Object.entries(value)
    .map(([key, field]) => `${key}: ${JSON.stringify(field)}`)
    .join('\n');

/** Eight figures, three of them large, as a real case of this length has. */
function figures(random: Random, entry: BenchCase) {
  const labels = entry.sections
    .flatMap((section) => section.paragraphs)
    .flatMap((text) => text.match(/\p{Script=Han}{4,10}/gu) ?? []);
  return some(random, labels, 8).map((label, index) => ({
    label,
    value: random.between(2, 5000),
    unit: random.pick(['个', '名', '户', '支', '万元']),
    kind: random.pick(['input', 'process', 'outcome'] as const),
    ...(index < 3 ? { lead: true } : {}),
  }));
}

function diagram(random: Random, entry: BenchCase) {
  const names = some(
    random,
    entry.checklist.flatMap((line) => line.match(/\p{Script=Han}{2,8}/gu) ?? []),
    5,
  );
  const steps = ['收集', '分办', '处置'].map((name, index) => ({ name: names[index] ?? name }));
  return {
    id: 'liucheng',
    kind: 'loop',
    title: `${entry.method}怎样走完一圈`,
    caption: '测速用的图，名称取自正文。',
    steps,
  };
}

function frontMatter(entry: BenchCase, all: readonly BenchCase[], choices: Choices): string {
  const random = createRandom(entry.seed + 1);
  const stated = (name: string) => ({ is: 'stated', name });
  const { city, county, community } = entry.place;
  return yaml({
    title: entry.title,
    method: entry.method,
    gist: entry.gist,
    place: {
      province: stated(random.pick(PROVINCES)),
      city: stated(city),
      county: stated(county),
      community: stated(community),
    },
    level: random.pick(LEVELS),
    settlements: some(random, SETTLEMENTS, random.between(1, 3)),
    themes: some(random, choices.themes, random.between(1, 3)),
    answers: some(random, choices.problems, 3).map((problem, index) => ({
      problem,
      why: entry.checklist[index] ?? entry.gist,
    })),
    period: `${random.between(2012, 2026)}年`,
    source: {
      title: `《${entry.method}材料汇编》`,
      publisher: '未注明',
      date: '未注明',
      flags: ['完整'],
    },
    figures: figures(random, entry),
    diagrams: [diagram(random, entry)],
    methods: some(random, choices.methods, 3),
    conditions: [entry.checklist[0], `编者建议：${entry.checklist[1]}`],
    pitfalls: [entry.checklist[2], `编者建议：${entry.checklist[3]}`],
    related: some(random, all, 3)
      .map((other) => other.slug)
      .filter((slug) => slug !== entry.slug),
    added: '2026-11-22',
  });
}

function body(entry: BenchCase): string {
  const sections = entry.sections.map(
    ({ heading, paragraphs }, index) =>
      `## ${heading}\n\n${paragraphs.join('\n\n')}${index === 1 ? '\n\n<Diagram id="liucheng" />' : ''}`,
  );
  const list = entry.checklist.map((line) => `- [ ] ${line}`).join('\n');
  return [...sections, `## ${CHECKLIST_HEADING}\n\n${list}`].join('\n\n');
}

/** Fills `dir` with cases/, and with methods/ and themes.yaml of the real content. */
export function writeOurs(dir: string, contentDir: string, cases: readonly BenchCase[]): void {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(join(dir, 'cases'), { recursive: true });
  cpSync(join(contentDir, 'methods'), join(dir, 'methods'), { recursive: true });
  cpSync(join(contentDir, 'themes.yaml'), join(dir, 'themes.yaml'));
  const choices = readChoices(contentDir);
  for (const entry of cases) {
    const text = `---\n${frontMatter(entry, cases, choices)}\n---\n\n${body(entry)}\n`;
    writeFileSync(join(dir, 'cases', `${entry.slug}.mdx`), text);
  }
}
