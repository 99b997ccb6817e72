import { connect, type Socket } from 'node:net';

/** The answer's status and body, and the tag by which to ask whether it is still the same. */
export type Answer = { status: number; body: Buffer; etag: string | undefined };

/** One connection kept alive that asks one thing after another, never two at once. */
export type Connection = {
  ask(request: Buffer): Promise<Answer>;
  close(): void;
};

const HEAD_END = Buffer.from('\r\n\r\n');

/** A whole answer at the front of what has come, and how long it is. */
function readAnswer(bytes: Buffer): (Answer & { length: number }) | undefined {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const start = end + HEAD_END.length;
  const status = Number(head.slice(9, 12));
  const etag = /\r\netag: *(\S+)/i.exec(head)?.[1];
  if (status === 304) return { status, body: Buffer.alloc(0), etag, length: start };
  const known = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (known !== undefined) {
    const length = start + Number(known);
    return bytes.length < length
      ? undefined
      : { status, body: bytes.subarray(start, length), etag, length };
  }
  const chunks: Buffer[] = [];
  for (let at = start; ; ) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    const next = line + 2 + size + 2;
    if (bytes.length < next) return undefined;
    if (size === 0) return { status, body: Buffer.concat(chunks), etag, length: next };
    chunks.push(bytes.subarray(line + 2, line + 2 + size));
    at = next;
  }
}

export function openConnection(port: number): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let pending: { done(answer: Answer): void; fail(error: Error): void } | undefined;
    let come: Buffer = Buffer.alloc(0);
    const end = (error: Error) => {
      reject(error);
      pending?.fail(error);
    };
    socket.on('data', (part: Buffer) => {
      come = come.length === 0 ? part : Buffer.concat([come, part]);
      const answer = readAnswer(come);
      if (!answer) return;
      come = come.subarray(answer.length);
      const { done } = pending ?? { done: () => {} };
      pending = undefined;
      done(answer);
    });
    socket.once('error', end).once('close', () => end(new Error('连接断了')));
    socket.once('connect', () =>
      resolve({
        ask: (request) =>
          new Promise<Answer>((done, fail) => {
            pending = { done, fail };
            socket.write(request);
          }),
        close: () => socket.destroy(),
      }),
    );
  });
}

export type Wanted = {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  port: number;
  cookie?: string;
  body?: unknown;
  /** The tag of what the reader has. */
  etag?: string | undefined;
};

/** A request's bytes, as a browser of the site would send it. */
export function requestBytes({ method, path, port, cookie, body, etag }: Wanted): Buffer {
  const text = body === undefined ? '' : JSON.stringify(body);
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    ...(cookie ? [`Cookie: ${cookie}`] : []),
    ...(etag ? [`If-None-Match: ${etag}`] : []),
    ...(method !== 'GET'
      ? [
          `Origin: http://127.0.0.1:${port}`,
          'Content-Type: application/json',
          `Content-Length: ${Buffer.byteLength(text)}`,
        ]
      : []),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text}`);
}
