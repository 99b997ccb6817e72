/** What is done with a ballot in the browser. */
export const PARTS = ['领票', '投票', '重新计票'] as const;
export type Part = (typeof PARTS)[number];

/** A page or script that handles ballots, as the build found it. */
export interface CodeFile {
  readonly file: string;
  /** Hex. */
  readonly sha256: string;
  readonly parts: readonly Part[];
}

/** Where the list is published. */
export const CODE_URL = '/ballot-code.json';

/** Where the site serves a file of the list. */
export const urlOf = ({ file }: CodeFile): string => `/${file.replace(/index\.html$/, '')}`;

/** Asked for as anybody. @returns undefined where it did not come */
export const readCode = (): Promise<readonly CodeFile[] | undefined> =>
  fetch(CODE_URL, { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' })
    .then((answer) => (answer.ok ? answer.json() : undefined))
    .catch(() => undefined);
