import { RSABSSA } from '@cloudflare/blindrsa-ts';
import { ApiProblem } from '../answer.ts';
import type { BoxFacts } from './box.ts';
import { fromBase64Url, toBase64Url } from './bytes.ts';
import type { BlindedSlip, SignedSlip } from './slips.ts';

const suite = RSABSSA.SHA384.PSS.Randomized();
const TOKEN_BYTES = 32;
const PREFIX_BYTES = 32;

/** What the signature binds: suite, ballot and token; RFC 9474's preparation puts a prefix before. */
const messageOf = (ballot: string, token: string): Uint8Array =>
  new TextEncoder().encode(`yuanzhuo ballot 1\n${suite}\n${ballot}\n${token}`);

/** A paper of one's own under a random token, blinded. @param seat whose it will be */
export async function makePaper(
  { ballot, fingerprint }: BoxFacts,
  key: CryptoKey,
  seat: string,
): Promise<BlindedSlip> {
  const token = toBase64Url(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)));
  const prepared = suite.prepare(messageOf(ballot, token));
  const { blindedMsg, inv } = await suite.blind(key, prepared);
  return {
    ballot,
    fingerprint,
    token,
    prefix: toBase64Url(prepared.subarray(0, PREFIX_BYTES)),
    seat,
    blinded: toBase64Url(blindedMsg),
    inv: toBase64Url(inv),
  };
}

const BAD_SIGNATURE = new ApiProblem({
  code: 'badBlindSignature',
  status: 0,
  title: '领到的票是坏的，没有收下',
  detail: '服务器签的章没有通过您手机的验证。请再领一次；若仍不行，请马上告诉会场里的人。',
});

/**
 * Takes the blinding off and verifies the signature; the blinding factor is not in what is returned.
 * @throws {ApiProblem} badBlindSignature
 */
export async function finishPaper(
  { seat: _, blinded: __, inv, ...slip }: BlindedSlip,
  key: CryptoKey,
  blindSignature: string,
): Promise<SignedSlip> {
  const prefix = bytesOf(slip.prefix);
  const message = messageOf(slip.ballot, slip.token);
  const prepared = new Uint8Array([...prefix, ...message]);
  const signature = await suite
    .finalize(key, prepared, bytesOf(blindSignature), bytesOf(inv))
    .catch(() => {
      throw BAD_SIGNATURE;
    });
  return { ...slip, signature: toBase64Url(signature) };
}

/** Of what this browser wrote, or the server answered. @throws {ApiProblem} badBlindSignature */
function bytesOf(text: string): Uint8Array {
  const bytes = fromBase64Url(text);
  if (!bytes) throw BAD_SIGNATURE;
  return bytes;
}
