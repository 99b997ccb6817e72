import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
} from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
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

/** @throws when there is none */
function load(): KeyObject {
  const bytes = readFileSync(file);
  const loaded = createPrivateKey({ key: bytes, format: 'der', type: 'pkcs8' });
  bytes.fill(0);
  return loaded;
}

/**
 * RFC 9474 BlindSign. OpenSSL blinds the operation against timing; a fault in it would betray the
 * key, so the answer is held against the question: s^e ≡ blinded (mod n).
 * @returns undefined for what is no number below the modulus
 * @throws when the answer does not fit; the thread ends with it, and the answer stays here
 */
function sign(secret: KeyObject, blinded: Uint8Array): Uint8Array | undefined {
  const raw = { padding: constants.RSA_NO_PADDING };
  let signature: Buffer;
  try {
    signature = privateDecrypt({ key: secret, ...raw }, blinded);
  } catch {
    return undefined;
  }
  const opened = publicEncrypt({ key: createPublicKey(secret), ...raw }, signature);
  if (!opened.equals(blinded)) throw new Error('A blind signature does not fit its question.');
  return signature;
}

function answer(request: KeyRequest): KeyAnswer {
  const { id } = request;
  if (request.ask === 'make') return { id, bytes: make() };
  try {
    key ??= load();
  } catch {
    return { id, failed: 'noKey' };
  }
  const bytes = sign(key, request.blinded);
  return bytes ? { id, bytes } : { id, failed: 'badBlinded' };
}

parentPort?.on('message', (request: KeyRequest) => parentPort?.postMessage(answer(request)));
