/** The links by which this browser's owner is a guest, newest first. */

export interface Visit {
  readonly pass: string;
  readonly salon: string;
  readonly number: number | null;
}

const KEY = 'yuanzhuo:visits';
const MOST = 10;
/** Until the session is known that it opens. */
const NOWHERE = { salon: '', number: null };

const isVisit = (one: unknown): one is Visit =>
  typeof one === 'object' &&
  one !== null &&
  'pass' in one &&
  typeof one.pass === 'string' &&
  'salon' in one &&
  typeof one.salon === 'string' &&
  'number' in one &&
  (one.number === null || typeof one.number === 'number');

export function visits(): readonly Visit[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isVisit) : [];
  } catch {
    return [];
  }
}

function keep(all: readonly Visit[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(all.slice(0, MOST)));
  } catch {
    // A browser that keeps nothing: the link has to be opened again.
  }
}

export const keepVisit = (visit: Visit): void =>
  keep([visit, ...visits().filter(({ pass }) => pass !== visit.pass)]);

export const dropVisit = (pass: string): void => keep(visits().filter((one) => one.pass !== pass));

/** Whether this browser can sign in to a session as its guest. */
export const visitTo = (salon: string, number: string): Visit | undefined =>
  visits().find((one) => one.salon === salon && String(one.number) === number);

/** Takes the pass from the address, where others would read it, and keeps it here. */
export function takePass(): string | undefined {
  const given = decodeURIComponent(location.hash.slice(1)).trim();
  if (given) {
    history.replaceState(history.state, '', location.pathname + location.search);
    keepVisit({ pass: given, ...NOWHERE });
  }
  return given || visits()[0]?.pass;
}
