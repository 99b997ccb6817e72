import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, wherever it was cloned. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** @param {string[]} parts */
export const inRoot = (...parts) => join(root, ...parts);

export const cacheDir = inRoot('.cache');
export const logsDir = inRoot('.cache', 'logs');
export const reportsDir = inRoot('.cache', 'reports');
export const distDir = inRoot('dist');
