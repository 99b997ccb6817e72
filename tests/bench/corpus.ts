import { type Language, learnLanguage } from './corpus/language.ts';
import { createRandom, type Random } from './corpus/random.ts';

/** One generated case: plain text, which each target's writer puts into its own format. */
export type BenchCase = {
  slug: string;
  title: string;
  method: string;
  gist: string;
  /** Invented names of the place: city, county, community. */
  place: { city: string; county: string; community: string };
  sections: { heading: string; paragraphs: string[] }[];
  checklist: string[];
  /** A number that writers may draw further choices (level, themes …) from. */
  seed: number;
};

const SECTIONS = [
  { heading: '背景与起因', paragraphs: 2 },
  { heading: '做法与经过', paragraphs: 5 },
  { heading: '成效与反响', paragraphs: 2 },
  { heading: '经验与启示', paragraphs: 2 },
] as const;
export const CHECKLIST_HEADING = '照着做';
/** Han characters, digits and marks of a case, about. */
const CASE_CHARACTERS = 2000;
const SEED = 20261122;

type Source = { language: Language; random: Random; seen: Set<string>; topic: string[] };

/** A sentence that no other case has. */
function freshSentence({ language, random, seen, topic }: Source): string {
  for (;;) {
    const sentence = language.sentence(random, topic);
    if (!seen.has(sentence)) {
      seen.add(sentence);
      return sentence;
    }
  }
}

function paragraph(source: Source, characters: number): string {
  let text = '';
  while (text.length < characters) text += freshSentence(source);
  return text;
}

function generateCase(index: number, language: Language, seen: Set<string>): BenchCase {
  const seed = SEED + index * 7919;
  const random = createRandom(seed);
  const name = () => language.word(random);
  const topic = Array.from({ length: 10 }, name);
  const source = { language, random, seen, topic };
  const parts = SECTIONS.reduce((sum, section) => sum + section.paragraphs, 0) + 1;
  const each = Math.round((CASE_CHARACTERS * random.between(80, 120)) / 100 / parts) - 20;
  const place = { city: `${name()}市`, county: `${name()}区`, community: `${name()}社区` };
  const method = `${name()}${random.pick(['工作法', '联动', '议事', '微治理', '网格', '服务'])}`;
  topic.push(place.community, method);
  const headline =
    freshSentence(source)
      .match(/\p{Script=Han}/gu)
      ?.slice(0, 16)
      .join('') ?? '';
  return {
    slug: `bench-${String(index + 1).padStart(5, '0')}`,
    title: `${place.community}${method}：${headline}`,
    method,
    gist: freshSentence(source).slice(0, 56),
    place,
    sections: SECTIONS.map((section) => ({
      heading: section.heading,
      paragraphs: Array.from({ length: section.paragraphs }, () => paragraph(source, each)),
    })),
    checklist: Array.from({ length: 4 }, () => freshSentence(source)),
    seed,
  };
}

/** `count` cases, each different, always the same for the same training sentences. */
export function* generateCases(
  count: number,
  trainingSentences: readonly string[],
): Generator<BenchCase> {
  const language = learnLanguage(trainingSentences);
  const seen = new Set<string>();
  for (let index = 0; index < count; index += 1) yield generateCase(index, language, seen);
}

/**
 * What the case itself says, one paragraph a line: what recall is judged by. The headings that
 * every case has are left out; a search may take them for labels.
 */
export function plainText(entry: BenchCase): string {
  return [
    entry.title,
    entry.gist,
    ...entry.sections.flatMap((section) => section.paragraphs),
    ...entry.checklist,
  ].join('\n');
}
