import pino from 'pino';
import type { Log } from './context.ts';

/** Fields that must never be written, wherever they stand in what is logged. */
const SECRETS = [
  'password',
  'next',
  'current',
  'token',
  'code',
  'phone',
  'email',
  'cookie',
  'secret',
];

/**
 * One JSON object a line on standard output. Requests are logged by route pattern, not by address
 * or query, and without the visitor's network address.
 * @param level `silent` turns it off
 */
export function createLog(level: string, destination?: pino.DestinationStream): Log {
  const paths = SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  return pino(
    {
      level,
      base: null,
      redact: { paths, censor: '[隐去]' },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination,
  );
}

/** Logs nothing. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
