/**
 * The published bytes, asked for as anybody.
 * @returns undefined where they did not come
 */
export const fetchBulletin = (url: string): Promise<Uint8Array<ArrayBuffer> | undefined> =>
  fetch(url, { cache: 'no-store', credentials: 'omit' })
    .then(async (answer) => (answer.ok ? new Uint8Array(await answer.arrayBuffer()) : undefined))
    .catch(() => undefined);

/** Signatures are checked by what browsers offer to pages from a safe address only. */
export const mayCheck = (): boolean => globalThis.crypto?.subtle !== undefined;
