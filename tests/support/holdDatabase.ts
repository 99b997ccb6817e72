import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from '../../api/commands/lib/open.ts';

/** Holds the write lock until told, or until the given time is over. */
const PROGRAM = `
import SqliteDatabase from 'better-sqlite3';
const [file, ms] = process.argv.slice(1);
const db = new SqliteDatabase(file);
db.exec('BEGIN IMMEDIATE');
const end = () => { db.exec('ROLLBACK'); db.close(); process.exit(0); };
process.stdin.resume().once('end', end);
if (ms !== '0') setTimeout(end, Number(ms));
console.log('held');
`;

/**
 * Another process takes the database's write lock; resolves once it holds it.
 * @param ms after which it lets go by itself; 0 for never
 */
export async function holdDatabase(file: string, ms = 0): Promise<{ release(): Promise<void> }> {
  const args = ['--input-type=module', '--eval', PROGRAM, file, String(ms)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  await Promise.race([
    once(child.stdout, 'data'),
    closed.then(() => Promise.reject(new Error('the holder ended before it held anything'))),
  ]);
  return {
    async release() {
      child.stdin.end();
      await closed;
    },
  };
}
