import {
  constants,
  createHash,
  generateKeyPair,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  sign,
} from 'node:crypto';
import { promisify } from 'node:util';
import { RSABSSA } from '@cloudflare/blindrsa-ts';

// Honest bulletins as the ballot box publishes them, made without it.

export const SUITE = 'RSABSSA-SHA384-PSS-Randomized';

type Choice = readonly string[] | undefined;
export interface Vote {
  prefix: string;
  token: string;
  signature: string;
  choice?: string[];
}
export interface Bulletin {
  [field: string]: unknown;
  publicKey: string;
  fingerprint: string;
  due: number;
  attending: number;
  issued: number;
  received: number;
  valid: number;
  notCast: number;
  votes: Vote[];
}

export interface BallotKey {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export const makeKey = (modulusLength = 3072, publicExponent = 65537): Promise<BallotKey> =>
  promisify(generateKeyPair)('rsa', { modulusLength, publicExponent });

const spki = ({ publicKey }: BallotKey) => publicKey.export({ type: 'spki', format: 'der' });

/** What a bulletin says of its key. */
export const keyFields = (key: BallotKey) => ({
  publicKey: spki(key).toString('base64url'),
  fingerprint: createHash('sha256').update(spki(key)).digest('hex'),
});

const messageOf = (ballot: string, token: string): Buffer =>
  Buffer.from(`yuanzhuo ballot 1\n${SUITE}\n${ballot}\n${token}`);

/** A paper signed outright: the signature is of the same kind as a blind one, unblinded. */
export function signedVote(
  key: BallotKey,
  ballot: string,
  choice: Choice,
  { hash = 'sha384', saltLength = 48 } = {},
): Vote {
  const [token, prefix] = [randomBytes(32).toString('base64url'), randomBytes(32)];
  const signature = sign(hash, Buffer.concat([prefix, messageOf(ballot, token)]), {
    key: key.privateKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength,
  });
  return voteOf(prefix, token, signature, choice);
}

const voteOf = (
  prefix: Uint8Array,
  token: string,
  signature: Uint8Array,
  choice: Choice,
): Vote => ({
  prefix: Buffer.from(prefix).toString('base64url'),
  token,
  signature: Buffer.from(signature).toString('base64url'),
  ...(choice && { choice: [...choice] }),
});

/** The same signature written as another number: right modulo n, and not a signature. */
export function unreducedVote(key: BallotKey, ballot: string, choice: Choice): Vote {
  const modulus = fromOctets(
    Buffer.from(key.publicKey.export({ format: 'jwk' }).n ?? '', 'base64url'),
  );
  for (;;) {
    const vote = signedVote(key, ballot, choice);
    const larger = fromOctets(Buffer.from(vote.signature, 'base64url')) + modulus;
    const octets = Buffer.from(larger.toString(16).padStart(768, '0'), 'hex');
    if (octets.length === 384) return { ...vote, signature: octets.toString('base64url') };
  }
}

/** Signed by the right key over an encoding with one octet changed. */
export function misencodedVote(key: BallotKey, ballot: string, choice: Choice, at: number): Vote {
  const vote = signedVote(key, ballot, choice);
  const raw = { padding: constants.RSA_NO_PADDING };
  const signature = Buffer.from(vote.signature, 'base64url');
  const encoded = publicEncrypt({ key: key.publicKey, ...raw }, signature);
  encoded[at] = (encoded[at] ?? 0) ^ 3;
  const wrong = privateDecrypt({ key: key.privateKey, ...raw }, encoded);
  return { ...vote, signature: wrong.toString('base64url') };
}

const fromOctets = (octets: Buffer): bigint => BigInt(`0x${octets.toString('hex')}`);

/** A paper taken as voters take it: prepared, blinded, signed blind, unblinded. */
export async function blindVote(key: BallotKey, ballot: string, choice: Choice): Promise<Vote> {
  const suite = RSABSSA.SHA384.PSS.Randomized();
  const algorithm = { name: 'RSA-PSS', hash: 'SHA-384' };
  const der = Uint8Array.from(spki(key));
  const publicKey = await crypto.subtle.importKey('spki', der, algorithm, true, ['verify']);
  const token = randomBytes(32).toString('base64url');
  const prepared = suite.prepare(messageOf(ballot, token));
  const { blindedMsg, inv } = await suite.blind(publicKey, prepared);
  const raw = { key: key.privateKey, padding: constants.RSA_NO_PADDING };
  const signature = await suite.finalize(publicKey, prepared, privateDecrypt(raw, blindedMsg), inv);
  return voteOf(prepared.subarray(0, 32), token, signature, choice);
}

const EVALUATION = {
  kind: 'choose',
  options: [
    { id: 'for', label: '认可' },
    { id: 'against', label: '不认可' },
    { id: 'abstain', label: '弃权' },
  ],
  least: 1,
  most: 1,
};

interface Parts {
  readonly key: BallotKey;
  readonly ballot: string;
  readonly question: string;
  readonly votes: readonly Vote[];
  readonly attending: number;
  readonly issued?: number;
}

function assemble(parts: Parts, paper: object, rule: object | null, results: object): Bulletin {
  const { key, ballot, question, votes, attending, issued = attending } = parts;
  const received = votes.length;
  return {
    format: 'yuanzhuo-bulletin-1',
    ballot,
    question,
    paper,
    rule,
    suite: SUITE,
    ...keyFields(key),
    due: Math.max(19, attending),
    attending,
    issued,
    received,
    valid: received,
    notCast: issued - received,
    ...results,
    votes: inOrder(votes),
  };
}

export const inOrder = (votes: readonly Vote[]): Vote[] =>
  votes.toSorted((a, b) => (a.token < b.token ? -1 : 1));

const countsOf = (options: readonly { id: string }[], votes: readonly Vote[]) => ({
  ...Object.fromEntries(
    options.map(({ id }) => [id, votes.filter(({ choice }) => choice?.includes(id)).length]),
  ),
  blank: votes.filter(({ choice }) => choice?.length === 0).length,
});

export const evaluation = (parts: Parts): Bulletin =>
  assemble(
    parts,
    EVALUATION,
    { kind: 'recall' },
    { counts: countsOf(EVALUATION.options, parts.votes) },
  );

export function election(
  parts: Parts,
  names: readonly string[],
  places: number,
  least = 1,
): Bulletin {
  const options = names.map((label, at) => ({ id: `seat${at}`, label }));
  const paper = { kind: 'choose', options, least: 0, most: places };
  const counts = countsOf(options, parts.votes);
  return assemble(parts, paper, { kind: 'most', places, least }, { counts });
}

export const marks = (parts: Parts, totals: object | null, comments: string[] | null): Bulletin =>
  assemble(
    parts,
    { kind: 'marks', topics: [{ id: 'topic1', label: '如何破解社区万能章' }], comment: 300 },
    null,
    { totals, comments },
  );

/** The bytes that are published. */
export const asFile = (bulletin: unknown): Buffer =>
  Buffer.from(`${JSON.stringify(bulletin, null, 1)}\n`);
