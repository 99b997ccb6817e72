import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { setTimeout } from 'node:timers/promises';

const QUIET_MILLISECONDS = 250;

/** A TCP relay on 127.0.0.1 that counts what the server sends: headers, bodies, workers' requests, all. */
export type Wire = {
  origin: string;
  /** Bytes sent to the browser since the last call. */
  take(): number;
  /** Resolves when nothing has been sent for a quarter of a second. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

export async function openWire(targetOrigin: string): Promise<Wire> {
  const target = new URL(targetOrigin);
  const sockets = new Set<Socket>();
  let bytes = 0;
  let lastSent = performance.now();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
  };
  const relay = createServer((browser) => {
    const server = connect(Number(target.port), target.hostname);
    keep(browser);
    keep(server);
    server.on('data', (chunk) => {
      bytes += chunk.length;
      lastSent = performance.now();
    });
    // Either end's failure is the other's too; the browser then asks again by itself.
    const end = () => undefined;
    pipeline(browser, server, end);
    pipeline(server, browser, end);
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  const { port } = relay.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    take() {
      const taken = bytes;
      bytes = 0;
      return taken;
    },
    async settled() {
      lastSent = performance.now();
      while (performance.now() - lastSent < QUIET_MILLISECONDS) await setTimeout(25);
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        relay.close(() => resolve());
      }),
  };
}
