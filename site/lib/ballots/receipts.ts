import { fromBase64Url } from './bytes.ts';

/** What the voter's browser keeps of its own paper: without it nobody can tell which one it is. */
export interface Receipt {
  readonly format: 'yuanzhuo-receipt-1';
  readonly ballot: string;
  /** SHA-256 of the public key, hex. */
  readonly fingerprint: string;
  readonly token: string;
  readonly prefix: string;
  readonly signature: string;
}

const NAMES = ['ballot', 'fingerprint', 'format', 'prefix', 'signature', 'token'];

const isBytes = (value: unknown, length: number): value is string =>
  typeof value === 'string' && fromBase64Url(value)?.length === length;

function isReceipt(value: unknown): value is Receipt {
  if (typeof value !== 'object' || value === null) return false;
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const { format, ballot, fingerprint, token, prefix, signature } = fields;
  return (
    Object.keys(fields).sort().join() === NAMES.join() &&
    format === 'yuanzhuo-receipt-1' &&
    typeof ballot === 'string' &&
    /^[0-9a-z]{20}$/.test(ballot) &&
    typeof fingerprint === 'string' &&
    /^[0-9a-f]{64}$/.test(fingerprint) &&
    isBytes(token, 32) &&
    isBytes(prefix, 32) &&
    isBytes(signature, 384)
  );
}

/** A receipt that was pasted or chosen as a file; undefined where it is none. */
export function parseReceipt(text: string): Receipt | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isReceipt(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What this browser keeps for a ballot. */
export function readReceipt(ballot: string): Receipt | undefined {
  try {
    return parseReceipt(localStorage.getItem(`yuanzhuo:receipt:${ballot}`) ?? '');
  } catch {
    return undefined;
  }
}
