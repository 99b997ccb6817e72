import { readFile } from 'node:fs/promises';
import { ContentError } from '../core/contentError.ts';
import { explain, fieldName } from './fields.ts';
import { type Archive, archive } from './shapes.ts';

/** Where the export lies below the project, unless YUANZHUO_ARCHIVE names another place. */
export const ARCHIVE_FILE = 'data/public/archive.json';

/**
 * Reads and checks the export. Without a file nothing has been published yet.
 * @throws {ContentError} naming every field that is wrong
 */
export async function readArchive(file: string): Promise<Archive> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return { version: 1, salons: [], sessions: [] };
  const parsed = archive.safeParse(parse(text), { error: explain });
  if (!parsed.success) {
    throw broken(parsed.error.issues.map(({ path, message }) => [fieldName(path), message]));
  }
  const mistakes = disagreements(parsed.data);
  if (mistakes.length > 0) throw broken(mistakes);
  return parsed.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw broken([['', '不是完整的 JSON，多半是没有写完']]);
  }
}

/** What each part may say for itself, but not beside the others. */
function disagreements({ salons, sessions }: Archive): [field: string, message: string][] {
  const known = new Set(salons.map(({ slug }) => slug));
  const taken = new Set<string>();
  return sessions.flatMap(({ salon, number }, index): [string, string][] => {
    if (!known.has(salon)) {
      return [[fieldName(['sessions', index, 'salon']), `salons（沙龙）里没有 ${salon}`]];
    }
    const key = `${salon} ${number}`;
    if (taken.has(key)) {
      return [[fieldName(['sessions', index, 'number']), `第 ${number} 期前面已经有了`]];
    }
    taken.add(key);
    return [];
  });
}

const broken = (mistakes: readonly (readonly [field: string, message: string])[]) =>
  new ContentError(
    mistakes.map(([field, message]) => `沙龙存档${field && ` · ${field}`}：${message}`).join('\n'),
  );
