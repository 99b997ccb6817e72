import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { track } from './children.ts';

const SAMPLE_MILLISECONDS = 50;
const TAIL_CHARACTERS = 4000;

export type Measured = {
  /** Wall time from spawn to exit. */
  seconds: number;
  /** Largest sum of RSS over the process tree at one sample, in MiB. Pages shared by two processes count twice. */
  treeMiB: number;
  /** Largest VmHWM (maximum RSS) of any one process, in MiB. */
  largestMiB: number;
  /** The last output, standard output and errors mixed. */
  output: string;
};

type Memory = { resident: number; highWater: number };

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Parent of each running process. The command name in /proc/<pid>/stat may hold blanks and brackets. */
function parents(): Map<number, number> {
  const found = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[1] !== undefined) found.set(Number(name), Number(fields[1]));
  }
  return found;
}

function treeOf(root: number): number[] {
  const parentOf = parents();
  const tree = new Set([root]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [pid, parent] of parentOf) {
      if (tree.has(parent) && !tree.has(pid)) {
        tree.add(pid);
        grown = true;
      }
    }
  }
  return [...tree];
}

/** Of one process, in KiB. */
export function memoryOf(pid: number): Memory {
  const status = read(`/proc/${pid}/status`);
  const kibibytes = (field: string) =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
  return { resident: kibibytes('VmRSS'), highWater: kibibytes('VmHWM') };
}

/**
 * Runs a command to its end and samples the memory of its process tree every 50 ms.
 * Rejects, with the end of the output, when it exits with anything but 0.
 */
export function runMeasured(
  command: string,
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string> },
): Promise<Measured> {
  if (process.platform !== 'linux') {
    throw new Error('构建的内存从 /proc 读取，请在 Linux 上运行 npm run bench。');
  }
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = track(
      spawn(command, args, {
        cwd: options.cwd,
        env: { ...process.env, ...options.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
    let output = '';
    let tree = 0;
    let largest = 0;
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-TAIL_CHARACTERS);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const sample = () => {
      if (child.pid === undefined) return;
      const memories = treeOf(child.pid).map(memoryOf);
      tree = Math.max(
        tree,
        memories.reduce((sum, memory) => sum + memory.resident, 0),
      );
      largest = Math.max(largest, ...memories.map((memory) => memory.highWater));
    };
    const timer = setInterval(sample, SAMPLE_MILLISECONDS);
    child.on('error', (error) => {
      clearInterval(timer);
      reject(error);
    });
    child.on('close', (code) => {
      clearInterval(timer);
      const seconds = (performance.now() - started) / 1000;
      if (code !== 0) reject(new Error(`${command} ${args.join(' ')} 失败（${code}）:\n${output}`));
      else resolve({ seconds, treeMiB: tree / 1024, largestMiB: largest / 1024, output });
    });
  });
}
