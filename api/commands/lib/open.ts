import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databaseFile } from '../../../db/client.ts';
import { isBusy } from '../../../db/constraints.ts';
import { MigrationError } from '../../../db/migrate.ts';
import type { Services } from '../../core/context.ts';
import { type Env, EnvError, readEnv } from '../../core/env.ts';
import { silentLog } from '../../core/log.ts';
import { openServices, SecretMismatch } from '../../services.ts';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A command cannot go on; the message is Chinese and says what to do. */
export class CommandError extends Error {
  override name = 'CommandError';
}

/** The environment and where the database is. @throws {CommandError} */
export function commandEnv(): Env & { readonly file: string } {
  try {
    const env = readEnv(process.env);
    return { ...env, file: resolve(databaseFile(env.databaseUrl, root)) };
  } catch (error) {
    throw error instanceof EnvError ? new CommandError(`${error.message}。`) : error;
  }
}

/** @throws {CommandError} when the database cannot be opened by this version */
export function openForCommand(): Services {
  const { file, production } = commandEnv();
  try {
    return openServices({ file, production, log: silentLog });
  } catch (error) {
    if (isBusy(error)) {
      throw new CommandError('数据库正被另一个程序占用，等了 5 秒还没有空出来：请稍后再试。');
    }
    const known = error instanceof MigrationError || error instanceof SecretMismatch;
    throw known ? new CommandError(error.message) : error;
  }
}

/** Runs a command: its sentence on standard error and exit code 1 when it cannot go on. */
export async function runCommand(work: () => Promise<void> | void): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
