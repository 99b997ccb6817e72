import type { z } from 'zod';
import type { takeInput, taken } from '../../../api/salon/ballots/contract.ts';
import { ApiProblem } from '../answer.ts';
import { readBox } from './box.ts';
import { checkedKey } from './key.ts';
import { finishPaper, makePaper } from './paper.ts';
import { readReceipt } from './receipts.ts';
import { type BlindedSlip, isSigned, keepSlip, readSlip } from './slips.ts';

export interface Taking {
  readonly ballot: string;
  readonly second: string | null;
  /** Whose: an id that goes nowhere from here. */
  readonly seat: string;
  /** As the session's page shows it. */
  readonly fingerprint: string;
}

/** Asks as the signed-in seat. */
export type Ask = (json: z.infer<typeof takeInput>) => Promise<z.infer<typeof taken>>;

const OTHERS = new ApiProblem({
  code: 'othersPaper',
  status: 0,
  title: '这个浏览器里已有另一席的选票',
  detail: '一个浏览器只领一席的票。请换一部手机领，或用另一个浏览器登录。',
});

const NO_ROOM = new ApiProblem({
  code: 'noStorage',
  status: 0,
  title: '这个浏览器存不住选票，没有领',
  detail: '请关掉无痕（隐私）模式，或腾出一点空间，再领一次；也可以换一个浏览器。',
});

/**
 * Takes both papers of a ballot. Whatever is interrupted can be done again, in any tab: the same
 * blinded values are sent, and the server answers the same.
 * @throws {ApiProblem} what the server refuses, wrongKey, badBlindSignature, othersPaper, noStorage
 */
export const takeBallot = (taking: Taking, ask: Ask): Promise<void> =>
  // Another tab may have taken it while this one waited, so everything is read inside.
  navigator.locks.request(`yuanzhuo:ballot:${taking.ballot}`, () => takeNow(taking, ask));

async function takeNow({ ballot, second, seat, fingerprint }: Taking, ask: Ask): Promise<void> {
  const found = readSlip(ballot);
  if (readReceipt(ballot) || (found && !isSigned(found) && found.seat !== seat)) throw OTHERS;
  if (found && isSigned(found)) return;
  const first = await ready(ballot, seat, [fingerprint]);
  const other = second === null ? undefined : await ready(second, seat, []);
  const answer = await ask({
    blinded: first.slip.blinded,
    ...(other && { second: other.slip.blinded }),
  });
  // As told by the answer, too: a last look before anything is signed with.
  await checkedKey(first.facts, [answer.fingerprint]);
  // Both or none: a retry would otherwise ask for one of them anew, which is refused.
  const signed = [await finishPaper(first.slip, first.key, answer.blindSignature)];
  if (other && answer.second) {
    signed.push(await finishPaper(other.slip, other.key, answer.second.blindSignature));
  }
  signed.forEach(keepSlip);
}

/** A paper that lies in storage before it is asked for: begun earlier, or new. */
async function ready(ballot: string, seat: string, told: readonly string[]) {
  const facts = await readBox(ballot);
  const found = readSlip(ballot);
  const begun = found && !isSigned(found) ? found : undefined;
  const key = await checkedKey(facts, begun ? [...told, begun.fingerprint] : told).catch(noRoom);
  const slip = begun ?? (await makePaper(facts, key, seat));
  if (!begun) keepOrRefuse(slip);
  return { facts, key, slip };
}

function keepOrRefuse(slip: BlindedSlip): void {
  try {
    keepSlip(slip);
  } catch {
    throw NO_ROOM;
  }
}

function noRoom(error: unknown): never {
  throw error instanceof DOMException && error.name === 'QuotaExceededError' ? NO_ROOM : error;
}
