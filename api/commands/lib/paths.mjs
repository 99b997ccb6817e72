import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, wherever it was cloned. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** @param {string[]} parts */
export const inRoot = (...parts) => join(root, ...parts);

export const cacheDir = inRoot('.cache');
export const logsDir = inRoot('.cache', 'logs');
export const reportsDir = inRoot('.cache', 'reports');
export const distDir = inRoot('dist');

/**
 * The public export of published sessions, which the server writes beside its database; it need not
 * be there.
 */
export function archiveFile() {
  const { YUANZHUO_ARCHIVE, DATABASE_URL } = process.env;
  if (YUANZHUO_ARCHIVE) return resolve(root, YUANZHUO_ARCHIVE);
  const url = DATABASE_URL?.trim() || 'file:./data/yuanzhuo.db';
  const file = url.startsWith('file:///') ? fileURLToPath(url) : url.replace(/^file:/, '');
  return resolve(root, dirname(file), 'public', 'archive.json');
}
