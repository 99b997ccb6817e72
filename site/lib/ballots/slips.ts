/** What the voter's browser holds of a ballot from before it asks for it until it is cast. */

interface Common {
  readonly ballot: string;
  readonly fingerprint: string;
  readonly token: string;
  readonly prefix: string;
}

/** Asked for: a retry sends the same blinded value. */
export interface BlindedSlip extends Common {
  /** Whose taking this is; goes with the blinding factor. */
  readonly seat: string;
  readonly blinded: string;
  readonly inv: string;
}

/** Signed and unblinded: nothing here leads to a seat, nor to what the server signed. */
export interface SignedSlip extends Common {
  readonly signature: string;
}

export type Slip = BlindedSlip | SignedSlip;

export const isSigned = (slip: Slip): slip is SignedSlip => 'signature' in slip;

const nameOf = (ballot: string): string => `yuanzhuo:ballot:${ballot}`;

/** @returns undefined where this browser holds none */
export function readSlip(ballot: string): Slip | undefined {
  try {
    const stored = localStorage.getItem(nameOf(ballot));
    return stored === null ? undefined : JSON.parse(stored);
  } catch {
    return undefined;
  }
}

/** @throws what the browser throws where pages may keep nothing: then nothing may be asked for */
export function keepSlip(slip: Slip): void {
  localStorage.setItem(nameOf(slip.ballot), JSON.stringify(slip));
}

export function dropSlip(ballot: string): void {
  try {
    localStorage.removeItem(nameOf(ballot));
  } catch {}
}
