import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

/** Sees to it that a started process does not outlive the bench, however that ends. */
export function track<T extends ChildProcess>(child: T): T {
  if (running.size === 0) watch();
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

let watching = false;

function watch(): void {
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const child of running) child.kill('SIGTERM');
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(130));
  }
}
