import { readFileSync, writeFileSync } from 'node:fs';

/** Turns one bit in the middle of a file. */
export function damage(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(path, bytes);
}
