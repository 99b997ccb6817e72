import { fetchBulletin, mayCheck } from './bulletinFile.ts';
import { type BulletinShape, readBulletin } from './bulletinShape.ts';
import { sha256 } from './bytes.ts';
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

/** Why nothing can be said of a receipt. */
export type NotLooked = 'insecure' | 'offline' | 'otherFile';

/**
 * One's own paper in the bulletin as it is published now.
 * @param hash SHA-256 of its bytes, hex, as the server states it
 */
export async function lookUp(
  url: string,
  hash: string,
  receipt: Receipt,
): Promise<Finding | { readonly found: NotLooked }> {
  if (!mayCheck()) return { found: 'insecure' };
  const file = await fetchBulletin(url);
  if (!file) return { found: 'offline' };
  const bulletin = readBulletin(new TextDecoder().decode(file));
  if ((await sha256(file)) !== hash || 'wrong' in bulletin) return { found: 'otherFile' };
  return findReceipt(bulletin, receipt);
}

/** One's own paper in a bulletin: its signature and its place, whatever the others are. */
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
