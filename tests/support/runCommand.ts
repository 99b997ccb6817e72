import { spawn } from 'node:child_process';
import { inRoot } from '../../api/commands/lib/paths.mjs';
import { COMPILED } from './serverProcess.ts';

/** Runs one of api/commands in a process of its own. */
export function runCommand(
  name: string,
  databaseFile: string,
  { args = [], env = {} }: { args?: readonly string[]; env?: Record<string, string> } = {},
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [inRoot('api', 'commands', `${name}.ts`), ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      ...COMPILED,
      DATABASE_URL: `file://${databaseFile}`,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      output += part;
    });
  }
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, output }));
  });
}
