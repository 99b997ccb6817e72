import { lookup as dnsLookup } from 'node:dns/promises';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { faultOfUrl, isTarget, literalOf } from './guard.ts';

/** One call to an address that a person has typed. */
export interface Call {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Answer =
  /** @property body at most its first 64 KB */
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | {
      readonly kind: 'failed';
      readonly why: 'forbidden' | 'unknown name' | 'certificate' | 'too slow' | 'unreachable';
    };

export interface Outbound {
  /** What is wrong with an address, in Chinese, as far as it shows without asking for its name. */
  faultOf(url: string): string | undefined;
  /** POSTs. Never throws, follows no redirect, uses no proxy and says nothing of what was sent. */
  post(call: Call): Promise<Answer>;
}

interface Address {
  readonly address: string;
  readonly family: number;
}

export interface OutboundOptions {
  /** Whether calls may stay in the network that the server stands in. */
  readonly allowOwn: boolean;
  /** All addresses of a name. */
  readonly resolve?: (name: string) => Promise<readonly Address[]>;
  /** Milliseconds for the whole of a call. */
  readonly patience?: number;
}

/** Bytes. */
const MOST = 64 * 1024;
const PATIENCE = 10_000;

const ask = (name: string): Promise<readonly Address[]> => dnsLookup(name, { all: true });

export function createOutbound({
  allowOwn,
  resolve = ask,
  patience = PATIENCE,
}: OutboundOptions): Outbound {
  /** @returns the addresses to connect to, each of them checked, or why there are none */
  const addressesOf = async (url: URL): Promise<readonly Address[] | Failure> => {
    if (literalOf(url)) return [];
    const found = await resolve(url.hostname).catch(() => []);
    if (found.length === 0) return failed('unknown name');
    return found.every(({ address }) => isTarget(address, allowOwn)) ? found : failed('forbidden');
  };
  return {
    faultOf: (url) => faultOfUrl(url, allowOwn),
    async post(call) {
      if (faultOfUrl(call.url, allowOwn)) return failed('forbidden');
      const signal = AbortSignal.timeout(patience);
      const late = new Promise<Failure>((settle) => {
        signal.addEventListener('abort', () => settle(failed('too slow')), { once: true });
      });
      const url = new URL(call.url);
      const addresses = await Promise.race([addressesOf(url), late]);
      if ('kind' in addresses) return addresses;
      return Promise.race([send(url, call, addresses, signal), late]);
    },
  };
}

type Failure = Extract<Answer, { kind: 'failed' }>;
const failed = (why: Failure['why']): Failure => ({ kind: 'failed', why });

/** Gives the very addresses that were checked: asking again might give others. */
const given =
  (addresses: readonly Address[]): LookupFunction =>
  (_, { all }, done) => {
    const [first] = addresses;
    if (all) done(null, [...addresses]);
    else if (first) done(null, first.address, first.family);
  };

function send(
  url: URL,
  { headers, body }: Call,
  addresses: readonly Address[],
  signal: AbortSignal,
): Promise<Answer> {
  const tls = url.protocol === 'https:';
  const length = String(Buffer.byteLength(body));
  return new Promise((settle) => {
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-length': length, 'accept-encoding': 'identity' },
      // One of its own: the shared one may have been told to go through a proxy.
      agent: tls ? new HttpsAgent() : new HttpAgent(),
      lookup: given(addresses),
      signal,
    };
    const call = (tls ? httpsRequest : httpRequest)(url, options, (answer) => {
      read(answer, settle);
    });
    call.on('error', (error) => settle(failed(whyOf(error))));
    call.end(body);
  });
}

/** What comes after the first 64 KB is not waited for. */
function read(answer: IncomingMessage, settle: (answer: Answer) => void): void {
  const parts: Buffer[] = [];
  let bytes = 0;
  const finish = (): void => {
    const body = Buffer.concat(parts).subarray(0, MOST).toString('utf8');
    settle({ kind: 'answered', status: answer.statusCode ?? 0, body });
    answer.destroy();
  };
  answer.on('data', (part: Buffer) => {
    parts.push(part);
    bytes += part.length;
    if (bytes >= MOST) finish();
  });
  answer.on('end', finish);
  answer.on('error', (error) => settle(failed(whyOf(error))));
}

function whyOf(error: NodeJS.ErrnoException): Failure['why'] {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'too slow';
  return /CERT|SSL|TLS|SIGNATURE|ISSUER/.test(error.code ?? '') ? 'certificate' : 'unreachable';
}
