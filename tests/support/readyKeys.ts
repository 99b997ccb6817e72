import { generateKeyPair } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createKeyKeeper, type KeyKeeper } from '../../api/ballot/keys.ts';
import { KEY_BITS } from '../../api/ballot/rules.ts';

/** So many ballots in a row have keys of their own; nobody here has more open at once. */
const KEYS = 4;
const ready: ReturnType<typeof makePair>[] = [];
let opened = 0;

const makePair = () =>
  promisify(generateKeyPair)('rsa', {
    modulusLength: KEY_BITS,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });

/**
 * The real keeper, but for making: a key that this process has made for an earlier ballot lies in
 * the folder, and the thread reads it there as it does after a restart.
 */
export function readyKeys(folder: string): KeyKeeper {
  return {
    ...createKeyKeeper(folder),
    async make(ballot) {
      const index = opened % KEYS;
      opened += 1;
      ready[index] ??= makePair();
      const { publicKey, privateKey } = await ready[index];
      writeFileSync(join(folder, `${ballot}.key`), privateKey, { flag: 'wx', mode: 0o600 });
      return publicKey;
    },
  };
}
