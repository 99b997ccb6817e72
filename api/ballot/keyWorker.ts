import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { blindSign } from './blindSign.ts';
import { KEY_BITS } from './rules.ts';

/**
 * Holds one ballot's private key. It leaves this thread for its file only, which outlives a restart
 * of the server, and both end when taking closes.
 */

export type KeyRequest =
  | { readonly id: number; readonly ask: 'make' }
  | { readonly id: number; readonly ask: 'sign'; readonly blinded: Uint8Array };
export type KeyAnswer =
  | { readonly id: number; readonly bytes: Uint8Array }
  | { readonly id: number; readonly failed: 'badBlinded' | 'noKey' };

const { file } = workerData as { readonly file: string };
let key: KeyObject | undefined;

/** @returns the public key, SPKI */
function make(): Uint8Array {
  const pair = generateKeyPairSync('rsa', { modulusLength: KEY_BITS, publicExponent: 0x10001 });
  const bytes = pair.privateKey.export({ type: 'pkcs8', format: 'der' });
  store(bytes);
  bytes.fill(0);
  key = pair.privateKey;
  return pair.publicKey.export({ type: 'spki', format: 'der' });
}

function store(bytes: Uint8Array): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, bytes);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/**
 * @returns undefined where the file is gone, or is no key
 * @throws what keeps it from being read just now; the thread ends with it, and another one may read
 */
function load(): KeyObject | undefined {
  try {
    const bytes = readFileSync(file);
    const loaded = createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
    bytes.fill(0);
    return loaded;
  } catch (error) {
    const { syscall, code } = error as NodeJS.ErrnoException;
    if (syscall && code !== 'ENOENT') throw error;
    return undefined;
  }
}

function answer(request: KeyRequest): KeyAnswer {
  const { id } = request;
  if (request.ask === 'make') return { id, bytes: make() };
  key ??= load();
  if (!key) return { id, failed: 'noKey' };
  const bytes = blindSign(key, request.blinded);
  return bytes ? { id, bytes } : { id, failed: 'badBlinded' };
}

parentPort?.on('message', (request: KeyRequest) => parentPort?.postMessage(answer(request)));
