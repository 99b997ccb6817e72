import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Database } from '../../../db/client.ts';
import { isCurrent } from '../../../db/migrate.ts';

/** Below this the installation should not take more work. Bytes. */
export const DISK_FLOOR = 200 * 1024 * 1024;

export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<'database' | 'migrations' | 'disk', 'ok' | string>>;
}

/** Takes the write lock and gives it back, so that a locked or read-only file shows. */
function databaseCheck({ orm }: Database): string {
  try {
    orm.transaction((tx) => tx.run(sql`DELETE FROM installation WHERE name = ''`), {
      behavior: 'immediate',
    });
    return 'ok';
  } catch {
    return '数据库现在不能写入';
  }
}

function migrationsCheck({ sqlite }: Database): string {
  try {
    return isCurrent(sqlite) ? 'ok' : '数据库版本与程序不符';
  } catch {
    return '数据库现在读不出来';
  }
}

async function diskCheck({ file }: Database, floor: number): Promise<string> {
  try {
    const disk = await statfs(dirname(file));
    const free = disk.bavail * disk.bsize;
    return free >= floor ? 'ok' : `磁盘只剩 ${Math.floor(free / 1024 / 1024)} MB`;
  } catch {
    return '数据库所在的文件夹不见了';
  }
}

/** @param floor free bytes that there must be beside the database */
export async function readiness(db: Database, floor = DISK_FLOOR): Promise<Readiness> {
  const checks = {
    database: databaseCheck(db),
    migrations: migrationsCheck(db),
    disk: await diskCheck(db, floor),
  };
  return { ready: Object.values(checks).every((check) => check === 'ok'), checks };
}
