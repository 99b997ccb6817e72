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

/** Takes the write lock and gives it back, so that a full or locked file shows. */
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

/** @param floor free bytes that there must be beside the database */
export async function readiness(db: Database, floor = DISK_FLOOR): Promise<Readiness> {
  const disk = await statfs(dirname(db.file));
  const free = disk.bavail * disk.bsize;
  const checks = {
    database: databaseCheck(db),
    migrations: isCurrent(db.sqlite) ? 'ok' : '数据库版本与程序不符',
    disk: free >= floor ? 'ok' : `磁盘只剩 ${Math.floor(free / 1024 / 1024)} MB`,
  };
  return { ready: Object.values(checks).every((check) => check === 'ok'), checks };
}
