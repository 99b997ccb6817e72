import { resolve } from 'node:path';
import {
  ARCHIVE_FILE,
  type ArchivedAction,
  type ArchivedSalon,
  type ArchivedSession,
  type ArchivedTopic,
  readArchive,
} from '../../api/archive/contract.ts';
import type { CaseEntry } from '../../api/library/contract.ts';
import { getLibrary, type Library, type Method } from './cases.ts';
import { dateInWords } from './words.ts';

/** The one query of the published sessions, with what they and the library say of each other. */

export type Topic = Omit<ArchivedTopic, 'cases'> & { cases: CaseEntry[] };

export interface Session extends Omit<ArchivedSession, 'salon' | 'topics' | 'materials'> {
  salon: ArchivedSalon;
  url: string;
  /** Its topics, or its number where it had none. */
  title: string;
  /** What came of it in one sentence. */
  gist: string;
  topics: Topic[];
  materials: {
    cases: CaseEntry[];
    methods: Method[];
    files: ArchivedSession['materials']['files'];
  };
  /** Every case that a topic or the materials name, once. */
  cases: CaseEntry[];
}

/** Where a case or a method was used. */
export interface Use {
  session: Session;
  /** Those that name it; none where it was only among the materials. */
  topics: Topic[];
}

export interface Sessions {
  /** Newest first. */
  sessions: Session[];
  /** Salons with something published, the one with the newest session first. */
  salons: { salon: ArchivedSalon; sessions: Session[] }[];
  usesOfCase: ReadonlyMap<string, Use[]>;
  usesOfMethod: ReadonlyMap<string, Use[]>;
}

export const SESSIONS_URL = '/sessions/';
export const sessionUrl = (salon: string, number: number) => `${SESSIONS_URL}${salon}/${number}/`;
export const topicAnchor = ({ id }: Pick<ArchivedTopic, 'id'>) => `topic-${id}`;
export const actionAnchor = ({ id }: Pick<ArchivedAction, 'id'>) => `action-${id}`;

let loading: Promise<Sessions> | undefined;

/**
 * Read once a build, and anew for each page while somebody writes.
 * @throws {ContentError} with every mistake of the archive in words
 */
export function getSessions(): Promise<Sessions> {
  if (import.meta.env.DEV) return load();
  loading ??= load();
  return loading;
}

async function load(): Promise<Sessions> {
  const file = resolve(process.env['YUANZHUO_ARCHIVE'] || ARCHIVE_FILE);
  const [{ salons, sessions: archived }, library] = await Promise.all([
    readArchive(file),
    getLibrary(),
  ]);
  const known = new Map(salons.map((salon) => [salon.slug, salon]));
  const sessions = archived
    .flatMap((one) => {
      const salon = known.get(one.salon);
      return salon ? [linked(one, salon, library)] : [];
    })
    .sort((a, b) => b.date.localeCompare(a.date) || b.number - a.number);
  return {
    sessions,
    salons: [...Map.groupBy(sessions, ({ salon }) => salon)].map(([salon, own]) => ({
      salon,
      sessions: own,
    })),
    usesOfCase: usesBy(
      sessions,
      ({ cases }) => cases,
      (topic) => topic.cases,
    ),
    usesOfMethod: usesBy(
      sessions,
      ({ materials }) => materials.methods,
      () => [],
    ),
  };
}

function linked(one: ArchivedSession, salon: ArchivedSalon, library: Library): Session {
  const where = `${salon.name}第 ${one.number} 期`;
  const casesOf = (ids: string[]) => named(ids, library.caseById, '案例', where);
  const topics = one.topics.map((topic) => ({ ...topic, cases: casesOf(topic.cases) }));
  const materials = {
    cases: casesOf(one.materials.cases),
    methods: named(one.materials.methods, library.methodById, '方法', where),
    files: one.materials.files,
  };
  return {
    ...one,
    salon,
    topics,
    materials,
    url: sessionUrl(salon.slug, one.number),
    title: topics.map(({ title }) => title).join('；') || `第 ${one.number} 期`,
    gist: one.conclusions[0] ?? firstSentence(one.summary || (topics[0]?.situation ?? '')),
    cases: [...new Set([...topics.flatMap(({ cases }) => cases), ...materials.cases])],
  };
}

/** A case may have been renamed since it was named; the build says so and goes on. */
function named<T>(ids: string[], known: ReadonlyMap<string, T>, what: string, where: string): T[] {
  return ids.flatMap((id) => {
    const entry = known.get(id);
    if (!entry) console.warn(`沙龙存档：${where}提到的${what} ${id} 已不在库里，页上略去`);
    return entry ?? [];
  });
}

const firstSentence = (text: string) => /^[^。！？\n]*[。！？]?/.exec(text)?.[0] ?? '';

function usesBy<T extends { id: string }>(
  sessions: readonly Session[],
  ofSession: (session: Session) => T[],
  ofTopic: (topic: Topic) => T[],
): Map<string, Use[]> {
  const uses = new Map<string, Use[]>();
  for (const session of sessions) {
    for (const entry of ofSession(session)) {
      const topics = session.topics.filter((topic) => ofTopic(topic).includes(entry));
      uses.set(entry.id, [...(uses.get(entry.id) ?? []), { session, topics }]);
    }
  }
  return uses;
}

/** The sessions of the same salon before and after it. */
export function neighbours(session: Session, { salons }: Sessions) {
  const own = salons.find(({ salon }) => salon === session.salon)?.sessions ?? [];
  const sorted = own.toSorted((a, b) => a.number - b.number);
  const at = sorted.indexOf(session);
  return { previous: sorted[at - 1], next: sorted[at + 1] };
}

/** e.g. 落实事项 3 项，已办结 2 项; '' where there are none. */
export function actionsInWords(actions: readonly ArchivedAction[]): string {
  if (actions.length === 0) return '';
  const done = actions.filter(({ state }) => state === '已办结').length;
  const late = actions.filter(({ state }) => state === '逾期').length;
  const parts = [`落实事项 ${actions.length} 项`, done > 0 && `已办结 ${done} 项`];
  return [...parts, late > 0 && `逾期 ${late} 项`].filter(Boolean).join('，');
}

/** A citation that can stand in a report; the page's address is added where it is copied. */
export function sessionCitation({
  salon,
  number,
  title,
  date,
  note,
  publishedOn,
}: Session): string {
  const when = `${dateInWords(date)}${note && `，${note}`}`;
  return `${salon.name}第 ${number} 期：${title}。${salon.hostUnit}主办，${when}。圆桌公布于${publishedOn}，`;
}
