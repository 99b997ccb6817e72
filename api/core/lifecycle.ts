import type { Server } from 'node:http';
import type { Live } from './live.ts';

/** How long running requests may take to finish once asked to stop. Milliseconds. */
export const GRACE_MS = 10_000;

/**
 * Stops accepting, ends the streams, which would not end by themselves, lets running requests
 * finish, cuts what is left after the grace time.
 * @returns true when every request finished by itself
 */
export async function shutDown(
  server: Server,
  live: Pick<Live, 'close'>,
  graceMs = GRACE_MS,
): Promise<boolean> {
  let clean = true;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  live.close();
  // A connection kept alive becomes idle only after its request, so idle ones are closed again
  // and again.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => {
    clean = false;
    server.closeAllConnections();
  }, graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
  return clean;
}

/** One Chinese sentence that says why listening failed and what to do. */
export function listenAdvice(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'EADDRINUSE') {
    return `端口 ${port} 已被占用：请先停掉占用它的程序，或用环境变量换一个端口，例如 PORT=${port === 65535 ? 4321 : port + 1} npm start。`;
  }
  if (error.code === 'EACCES') {
    return `没有权限使用端口 ${port}:请换一个 1024 以上的端口，例如 PORT=4321 npm start。`;
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return `本机没有地址 ${host}：请把 HOST 改成 127.0.0.1(（只供本机）)或 0.0.0.0（对外服务）。`;
  }
  return `无法在 ${host}:${port} 提供服务（${error.code ?? error.message}）:请检查 HOST 与 PORT 后重试。`;
}
