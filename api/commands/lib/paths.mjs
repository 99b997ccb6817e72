import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, wherever it was cloned. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** @param {string[]} parts */
export const inRoot = (...parts) => join(root, ...parts);

export const cacheDir = inRoot('.cache');
export const logsDir = inRoot('.cache', 'logs');
export const reportsDir = inRoot('.cache', 'reports');
export const distDir = inRoot('dist');

/** The public export of published sessions, which api/archive reads; it need not be there. */
export const archiveFile = () =>
  resolve(root, process.env.YUANZHUO_ARCHIVE || 'data/public/archive.json');
