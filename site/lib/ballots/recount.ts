import {
  type BulletinShape,
  type ChooseBulletin,
  type Counts,
  type MarksBulletin,
  readBulletin,
  type SignedVote,
} from './bulletinShape.ts';
import { fromBase64Url, sha256 } from './bytes.ts';
import { FAULT_WORDS, type RecountFault } from './recountWords.ts';

// Recounts in the reader's own browser. It shares no code with the server nor with
// `npm run ballot:verify`: three that agree say more than one.

export interface Recount {
  readonly hash: string;
  readonly faults: readonly RecountFault[];
  /** Missing where the file could not be read. */
  readonly bulletin?: BulletinShape;
  /** As recounted, by option id and `blank`; missing for marks, whose papers are not published. */
  readonly counts?: Counts;
}

interface Options {
  /** SHA-256, hex, as the server states it. */
  readonly hash?: string | undefined;
  readonly onProgress?: (done: number, all: number) => void;
}

/** Signatures checked between two breaths of the page. */
const AT_ONCE = 48;
const FEWEST_SHOWN = 3;
const PSS: RsaPssParams = { name: 'RSA-PSS', saltLength: 48 };

const fault = ([kind, text]: readonly [RecountFault['kind'], string]): RecountFault => ({
  kind,
  text,
});

const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** The key, unless it is anything but RSA-3072 with e = 65537. */
export async function importKey(publicKey: string): Promise<CryptoKey | undefined> {
  const der = fromBase64Url(publicKey);
  if (!der) return undefined;
  const wanted = { name: 'RSA-PSS', hash: 'SHA-384' };
  const key = await crypto.subtle
    .importKey('spki', der, wanted, false, ['verify'])
    .catch(() => undefined);
  if (!key) return undefined;
  const { modulusLength, publicExponent } = {
    modulusLength: 0,
    publicExponent: new Uint8Array(),
    ...key.algorithm,
  };
  const exponent = publicExponent.reduce((sum, octet) => sum * 256 + octet, 0);
  return modulusLength === 3072 && exponent === 65537 ? key : undefined;
}

/** Whether the key has signed this very token of this very ballot. */
export function isSigned(
  key: CryptoKey,
  { suite, ballot }: Pick<BulletinShape, 'suite' | 'ballot'>,
  { prefix, token, signature }: SignedVote,
): Promise<boolean> {
  const text = new TextEncoder().encode(`yuanzhuo ballot 1\n${suite}\n${ballot}\n${token}`);
  const before = fromBase64Url(prefix) ?? new Uint8Array();
  const signed = new Uint8Array(before.length + text.length);
  signed.set(before);
  signed.set(text, before.length);
  return crypto.subtle.verify(PSS, key, fromBase64Url(signature) ?? new Uint8Array(), signed);
}

async function checkSignatures(bulletin: BulletinShape, key: CryptoKey, { onProgress }: Options) {
  const { votes } = bulletin;
  const found: RecountFault[] = [];
  for (let from = 0; from < votes.length; from += AT_ONCE) {
    onProgress?.(from, votes.length);
    const some = votes.slice(from, from + AT_ONCE);
    const right = await Promise.all(some.map((vote) => isSigned(key, bulletin, vote)));
    some.forEach(({ token }, at) => {
      if (!right[at]) found.push(fault(FAULT_WORDS.signature(from + at, token)));
    });
    await breathe();
  }
  onProgress?.(votes.length, votes.length);
  return found;
}

function checkTokens({ votes }: BulletinShape): RecountFault[] {
  const first = new Map<string, number>();
  const found: RecountFault[] = [];
  for (const [at, { token }] of votes.entries()) {
    if (first.has(token)) found.push(fault(FAULT_WORDS.twice(at, token)));
    else if (at > 0 && token < (votes[at - 1]?.token ?? ''))
      found.push(fault(FAULT_WORDS.order(at, token)));
    first.set(token, at);
  }
  return found;
}

/** The options that were chosen, read off the paper, must be the choice itself. */
function isAllowed(
  { options, least, most }: ChooseBulletin['paper'],
  choice: readonly string[],
): boolean {
  const inOrder = options.map(({ id }) => id).filter((id) => choice.includes(id));
  const same = inOrder.length === choice.length && inOrder.every((id, at) => id === choice[at]);
  return same && choice.length >= least && choice.length <= most;
}

function recountVotes({ paper, votes, counts }: ChooseBulletin) {
  const found = votes.flatMap(({ choice, token }, at) =>
    isAllowed(paper, choice) ? [] : [fault(FAULT_WORDS.choice(at, token))],
  );
  const allowed = votes.filter(({ choice }) => isAllowed(paper, choice));
  const really = [...paper.options, { id: 'blank', label: '空白票' }].map(({ id, label }) => {
    const mine = allowed.filter(({ choice }) =>
      id === 'blank' ? choice.length === 0 : choice.includes(id),
    );
    const said = counts[id] ?? 0;
    if (said !== mine.length) found.push(fault(FAULT_WORDS.count(label, said, mine.length)));
    return [id, mine.length] as const;
  });
  return { counts: Object.fromEntries(really), found };
}

function checkNumbers(bulletin: BulletinShape): RecountFault[] {
  const { due, attending, issued, received, valid, notCast, votes } = bulletin;
  return [
    ...(received === votes.length ? [] : [FAULT_WORDS.received(received, votes.length)]),
    ...(valid === received ? [] : [FAULT_WORDS.valid(valid, received)]),
    ...(notCast + received === issued ? [] : [FAULT_WORDS.notCast(notCast, issued - received)]),
    ...(received <= issued ? [] : [FAULT_WORDS.bound('收回', '发出')]),
    ...(issued <= attending ? [] : [FAULT_WORDS.bound('发出', '实到')]),
    ...(attending <= due ? [] : [FAULT_WORDS.bound('实到', '应到')]),
  ].map(fault);
}

function fitsRule({ paper, rule }: BulletinShape): boolean {
  if (rule === null) return true;
  if (paper.kind !== 'choose') return false;
  if (rule.kind === 'most') return paper.most === Math.min(paper.options.length, rule.places);
  const ids = paper.options.map(({ id }) => id).join(' ');
  return ids === 'for against abstain' && paper.least === 1 && paper.most === 1;
}

const comparePoints = (a: string, b: string): number => {
  const [left, right] = [[...a], [...b]];
  const at = left.findIndex((letter, nth) => letter !== right[nth]);
  if (at === -1) return left.length - right.length;
  return (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1);
};

function checkMarks({ paper, received, totals, comments }: MarksBulletin): RecountFault[] {
  const hidden = received < FEWEST_SHOWN;
  const tooMany = paper.topics.filter(({ id }) => {
    const marks = Object.values(totals?.[id] ?? {});
    return marks.reduce((sum, number) => sum + number, 0) > received;
  });
  const said = comments ?? [];
  const unsorted = said.some((text, at) => at > 0 && comparePoints(said[at - 1] ?? '', text) > 0);
  return [
    ...((totals === null) === hidden && (comments === null) === hidden
      ? []
      : [FAULT_WORDS.withheld()]),
    ...tooMany.map(({ label }) => FAULT_WORDS.marks(label)),
    ...(unsorted || said.length > received ? [FAULT_WORDS.comments()] : []),
  ].map(fault);
}

const isChoose = (bulletin: BulletinShape): bulletin is ChooseBulletin => 'counts' in bulletin;

/** @param file the bulletin as it was downloaded, byte for byte */
export async function recount(
  file: Uint8Array<ArrayBuffer>,
  options: Options = {},
): Promise<Recount> {
  const hash = await sha256(file);
  const faults: RecountFault[] = [];
  if (options.hash !== undefined && options.hash !== hash) faults.push(fault(FAULT_WORDS.hash()));
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(file);
  const bulletin = readBulletin(text);
  if ('wrong' in bulletin)
    return { hash, faults: [...faults, fault(FAULT_WORDS.shape(bulletin.wrong))] };
  if (`${JSON.stringify(bulletin, null, 1)}\n` !== text) faults.push(fault(FAULT_WORDS.written()));
  const key = await importKey(bulletin.publicKey);
  if (!key) faults.push(fault(FAULT_WORDS.key()));
  if (
    (await sha256(fromBase64Url(bulletin.publicKey) ?? new Uint8Array())) !== bulletin.fingerprint
  )
    faults.push(fault(FAULT_WORDS.fingerprint()));
  faults.push(...checkTokens(bulletin));
  if (key) faults.push(...(await checkSignatures(bulletin, key, options)));
  faults.push(...checkNumbers(bulletin));
  if (!fitsRule(bulletin)) faults.push(fault(FAULT_WORDS.rule()));
  if (!isChoose(bulletin)) return { hash, bulletin, faults: [...faults, ...checkMarks(bulletin)] };
  const { counts, found } = recountVotes(bulletin);
  return { hash, bulletin, counts, faults: [...faults, ...found] };
}
