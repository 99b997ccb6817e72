import type { BulletinShape } from './bulletinShape.ts';
import type { Receipt } from './receipts.ts';
import { importKey, isSigned } from './recount.ts';

export type Finding =
  | { readonly found: 'otherBallot' | 'otherKey' | 'unsigned' | 'missing' | 'altered' }
  | {
      readonly found: 'here';
      /** From 1, in the bulletin's order. */
      readonly number: number;
      /** The labels that were chosen; nothing where single papers are not published. */
      readonly chosen: readonly string[] | undefined;
    };

/** One's own paper in a bulletin whose signatures have been checked. */
export async function findReceipt(bulletin: BulletinShape, receipt: Receipt): Promise<Finding> {
  if (receipt.ballot !== bulletin.ballot) return { found: 'otherBallot' };
  if (receipt.fingerprint !== bulletin.fingerprint) return { found: 'otherKey' };
  const key = await importKey(bulletin.publicKey);
  if (!key || !(await isSigned(key, bulletin, receipt))) return { found: 'unsigned' };
  const at = bulletin.votes.findIndex(({ token }) => token === receipt.token);
  const vote = bulletin.votes[at];
  if (!vote) return { found: 'missing' };
  if (vote.prefix !== receipt.prefix || vote.signature !== receipt.signature)
    return { found: 'altered' };
  return { found: 'here', number: at + 1, chosen: chosenAt(bulletin, at) };
}

function chosenAt(bulletin: BulletinShape, at: number): readonly string[] | undefined {
  if (!('counts' in bulletin)) return undefined;
  const choice = bulletin.votes[at]?.choice ?? [];
  return bulletin.paper.options.filter(({ id }) => choice.includes(id)).map(({ label }) => label);
}
