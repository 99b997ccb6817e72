import { ApiProblem } from '../answer.ts';
import { type Choice, putIn } from './box.ts';
import { keepReceipt, type Receipt } from './receipts.ts';
import { dropSlip, type SignedSlip } from './slips.ts';

/** Between tries, in ms; the last one over and over. */
const PAUSES = [500, 1000, 2000, 4000] as const;
const LONGEST = 5000;

/** What came of it: in the box, or this paper had been cast before and the first vote stands. */
export type Cast = 'cast' | 'earlier';

/**
 * Casts, again and again with the same content until an answer comes: a vote that came twice is one
 * vote. Then the receipt takes the paper's place.
 * @param onTrouble before each try after the first
 * @throws {ApiProblem} for what is refused, such as castingOver
 */
export async function castPaper(
  slip: SignedSlip,
  choice: Choice,
  onTrouble: () => void,
): Promise<Cast> {
  const cast = await untilAnswered(slip, choice, onTrouble);
  keepReceipt(receiptOf(slip));
  dropSlip(slip.ballot);
  return cast;
}

export const receiptOf = (slip: SignedSlip): Receipt => ({
  format: 'yuanzhuo-receipt-1',
  ballot: slip.ballot,
  fingerprint: slip.fingerprint,
  token: slip.token,
  prefix: slip.prefix,
  signature: slip.signature,
});

async function untilAnswered(
  { ballot, token, prefix, signature }: SignedSlip,
  choice: Choice,
  onTrouble: () => void,
): Promise<Cast> {
  for (let tries = 0; ; tries += 1) {
    try {
      await putIn({ ballot, token, prefix, signature, choice });
      return 'cast';
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.code === 'otherCast') return 'earlier';
      if (!mayPass(error)) throw error;
      onTrouble();
      await pause(error.retryAfter ? error.retryAfter * 1000 : (PAUSES[tries] ?? LONGEST));
    }
  }
}

/** No answer, too many at once, or a server that has just been started anew. */
const mayPass = ({ status }: ApiProblem): boolean =>
  status === 0 || status === 429 || status >= 500;

/** Over at once when the connection comes back. */
const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      removeEventListener('online', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    addEventListener('online', over);
  });
