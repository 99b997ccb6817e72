import { ApiProblem } from '../answer.ts';
import type { BoxFacts } from './box.ts';
import { fromBase64Url, sha256, shortFingerprint } from './bytes.ts';

const BITS = 3072;
const F4 = '1,0,1';

const wrongKey = (detail: string): ApiProblem =>
  new ApiProblem({
    code: 'wrongKey',
    status: 0,
    title: '核对码对不上，没有领票',
    detail: `${detail}请马上告诉会场里的人，先不要领票：每个人拿到的密钥必须是同一把，否则选票会被认出来。`,
  });

/** The fingerprint that this browser first saw for a ballot; a second one is never right. */
function sameAsSeen(ballot: string, fingerprint: string): boolean {
  const name = `yuanzhuo:ballot-key:${ballot}`;
  const seen = localStorage.getItem(name);
  if (seen === null) localStorage.setItem(name, fingerprint);
  return seen === null || seen === fingerprint;
}

/**
 * The key that everybody is shown, after it was held against all that this browser was told: a key
 * for each seat would mark the ballots (salon-rules §6).
 * @param told fingerprints from elsewhere: the session's page, an earlier try
 * @throws {ApiProblem} wrongKey
 */
export async function checkedKey(facts: BoxFacts, told: readonly string[]): Promise<CryptoKey> {
  const { ballot, publicKey, fingerprint } = facts;
  const spki = fromBase64Url(publicKey);
  if (!spki || (await sha256(spki)) !== fingerprint) {
    throw wrongKey('服务器公布的公钥和它的指纹不相符。');
  }
  const other = told.find((one) => one !== fingerprint);
  if (other !== undefined) {
    const [one, two] = [shortFingerprint(other), shortFingerprint(fingerprint)];
    throw wrongKey(`您看到的指纹是 ${one}，公布的却是 ${two}。`);
  }
  if (!sameAsSeen(ballot, fingerprint)) {
    throw wrongKey(`现在的指纹是 ${shortFingerprint(fingerprint)}，和这个浏览器先前看到的不同。`);
  }
  const key = await crypto.subtle.importKey(
    'spki',
    spki,
    { name: 'RSA-PSS', hash: 'SHA-384' },
    true,
    ['verify'],
  );
  const { modulusLength, publicExponent } = key.algorithm as RsaHashedKeyAlgorithm;
  if (modulusLength !== BITS || publicExponent.join() !== F4) {
    throw wrongKey('服务器公布的公钥不是规定的 RSA-3072。');
  }
  return key;
}
