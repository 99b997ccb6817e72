import { createHash } from 'node:crypto';
import { faults } from './bulletin-faults.mjs';
import { checkMarks, checkRule } from './bulletin-outcome.mjs';
import { Malformed, readBulletin } from './bulletin-shape.mjs';
import { readPublicKey, verifyPss } from './rsa-pss.mjs';

/**
 * @typedef {import('./bulletin-faults.mjs').Fault} Fault
 * @typedef {import('./bulletin-shape.mjs').Bulletin} Bulletin
 * @typedef {import('./bulletin-shape.mjs').ChooseBulletin} ChooseBulletin
 * @typedef {{ sha256: string, faults: Fault[], bulletin?: Bulletin, counts?: Map<string, number> }}
 *   Verdict `counts` are the recounted ones, by option id and `blank`; the bulletin is missing where
 *   it could not be read
 */

/** @param {Uint8Array | string} data */
const sha256 = (data) => createHash('sha256').update(data).digest('hex');

/** @param {string} base64url */
const bytes = (base64url) => Buffer.from(base64url, 'base64url');

/** @param {Bulletin} bulletin */
function checkKey({ publicKey, fingerprint }) {
  const der = bytes(publicKey);
  const modulus = readPublicKey(der);
  const really = sha256(der);
  const found = [];
  if (modulus === undefined) found.push(faults.key());
  if (really !== fingerprint) found.push(faults.fingerprint(fingerprint, really));
  return { modulus, found };
}

/**
 * @param {{ ballot: string, suite: string }} bulletin
 * @param {{ prefix: string, token: string, signature: string }} vote
 * @param {bigint} modulus
 */
export function isSigned({ ballot, suite }, { prefix, token, signature }, modulus) {
  const message = `yuanzhuo ballot 1\n${suite}\n${ballot}\n${token}`;
  return verifyPss(modulus, Buffer.concat([bytes(prefix), Buffer.from(message)]), bytes(signature));
}

/** Every token once and in ASCII order. @param {Bulletin} bulletin */
function checkTokens({ votes }) {
  const seen = new Set();
  return votes.flatMap(({ token }, at) => {
    const before = votes[at - 1]?.token ?? '';
    const found = seen.has(token) ? faults.twice : token < before ? faults.order : undefined;
    seen.add(token);
    return found ? [found(at, token)] : [];
  });
}

/** @param {ChooseBulletin} bulletin @param {number} at @returns {Fault | undefined} */
function checkChoice({ paper, votes }, at) {
  const { token, choice } = votes[at] ?? { token: '', choice: [] };
  const places = choice.map((id) => paper.options.findIndex((option) => option.id === id));
  const unknown = choice.find((_, nth) => places[nth] === -1);
  if (unknown !== undefined) return faults.unknownOption(at, token, unknown);
  if (places.some((place, nth) => nth > 0 && place <= (places[nth - 1] ?? 0)))
    return faults.choiceOrder(at, token);
  if (choice.length < paper.least || choice.length > paper.most)
    return faults.howMany(at, token, choice.length, paper);
  return undefined;
}

/** A paper that is not allowed counts nowhere. @param {ChooseBulletin} bulletin */
function recount(bulletin) {
  const { paper, votes } = bulletin;
  /** @type {Fault[]} */
  const found = [];
  /** @type {Map<string, number>} */
  const counts = new Map([...paper.options.map(({ id }) => id), 'blank'].map((id) => [id, 0]));
  votes.forEach(({ choice }, at) => {
    const fault = checkChoice(bulletin, at);
    if (fault) found.push(fault);
    else
      for (const id of choice.length ? choice : ['blank'])
        counts.set(id, (counts.get(id) ?? 0) + 1);
  });
  const labels = new Map(paper.options.map(({ id, label }) => [id, label]));
  for (const [id, really] of counts) {
    const said = bulletin.counts[id] ?? 0;
    if (said !== really) found.push(faults.count(labels.get(id) ?? '空白票', said, really));
  }
  return { counts, found };
}

/** received ≤ issued ≤ attending ≤ due, and what follows from the votes. @param {Bulletin} bulletin */
function checkNumbers({ due, attending, issued, received, valid, notCast, votes }) {
  const found = [];
  if (received !== votes.length) found.push(faults.received(received, votes.length));
  if (valid !== received) found.push(faults.valid(valid, received));
  if (notCast !== issued - received) found.push(faults.notCast(notCast, issued, received));
  if (received > issued) found.push(faults.bound('收回', received, '发出', issued));
  if (issued > attending) found.push(faults.bound('发出', issued, '实到', attending));
  if (attending > due) found.push(faults.bound('实到', attending, '应到', due));
  return found;
}

/** @param {Bulletin} bulletin @returns {bulletin is ChooseBulletin} */
const isChoose = ({ paper }) => paper.kind === 'choose';

/** @param {string} file @returns {Bulletin} @throws {Malformed | SyntaxError} */
const parse = (file) => readBulletin(JSON.parse(file));

/**
 * Checks a bulletin by nothing but its own bytes.
 * @param {Uint8Array} file
 * @param {string} [hash] the published SHA-256, hex
 * @returns {Verdict}
 */
export function verifyBulletin(file, hash) {
  const really = sha256(file);
  const found =
    hash !== undefined && hash.toLowerCase() !== really ? [faults.hash(hash, really)] : [];
  const text = Buffer.from(file).toString('utf8');
  /** @type {Bulletin} */
  let bulletin;
  try {
    bulletin = parse(text);
  } catch (error) {
    const fault = error instanceof Malformed ? faults.shape(error.message) : faults.json();
    return { sha256: really, faults: [...found, fault] };
  }
  if (!Buffer.from(`${JSON.stringify(bulletin, null, 1)}\n`).equals(Buffer.from(file)))
    found.push(faults.written());
  const key = checkKey(bulletin);
  found.push(...key.found, ...checkTokens(bulletin));
  const { modulus } = key;
  if (modulus !== undefined)
    bulletin.votes.forEach((vote, at) => {
      if (!isSigned(bulletin, vote, modulus)) found.push(faults.signature(at, vote.token));
    });
  found.push(...checkNumbers(bulletin), ...checkRule(bulletin));
  if (!isChoose(bulletin)) found.push(...checkMarks(bulletin));
  const counted = isChoose(bulletin) ? recount(bulletin) : undefined;
  found.push(...(counted?.found ?? []));
  return { sha256: really, faults: found, bulletin, ...(counted && { counts: counted.counts }) };
}
