import type { Reader, Tx } from '../../db/client.ts';

/**
 * What one table holds about a person: how it is exported, and what becomes of it when the account
 * is deleted. A test holds the list of these against every column that refers to a person, so that
 * no table is forgotten.
 */
export interface PersonalData {
  /** `table.column`, one for each reference to a person. */
  readonly columns: readonly string[];
  /** What it is called in the export. */
  readonly title: string;
  readonly read: (reader: Reader, personId: string) => unknown;
  /** Nothing to do where the row names only an id, which then leads to 已注销用户. */
  readonly erase: (tx: Tx, personId: string, now: number) => void;
}

export const keep = (): void => {};
export const when = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString();
