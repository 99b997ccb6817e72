import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { faults } from './bulletin-faults.mjs';
import { outcomeInWords } from './bulletin-outcome.mjs';
import { Malformed, readReceipt, shown } from './bulletin-shape.mjs';
import { readPublicKey } from './rsa-pss.mjs';
import { isSigned, verifyBulletin } from './verify-bulletin.mjs';

/**
 * @typedef {import('./bulletin-shape.mjs').Bulletin} Bulletin
 * @typedef {import('./bulletin-faults.mjs').Fault} Fault
 * @typedef {import('./verify-bulletin.mjs').Verdict} Verdict
 */

const USAGE =
  '用法：npm run ballot:verify -- 公示.json [--receipt 回执.json] [--hash 公布的 SHA-256]';
/** More faults of a file than this say nothing new. */
const MOST_NAMED = 20;

/** Thrown for what the person has to put right before anything can be checked. */
class Unusable extends Error {}

/** @param {string[]} args */
function readArgs(args) {
  const option = /** @type {const} */ ({ type: 'string' });
  try {
    const options = { receipt: option, hash: option };
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file && more.length === 0) return { file, ...values };
  } catch {}
  throw new Unusable(USAGE);
}

/** npm runs its scripts in the project's folder; the name was typed in another. @param {string} file */
function read(file) {
  const typedIn = process.env['npm_lifecycle_event'] === 'ballot:verify' && process.env['INIT_CWD'];
  try {
    return readFileSync(resolve(typedIn || '.', file));
  } catch {
    throw new Unusable(`打不开 ${file}：请检查文件名和所在的文件夹。\n${USAGE}`);
  }
}

/** 3F8A 91C2 04DD 77E1, as on the screen in the room. @param {string} hex */
const fingerprintInWords = (hex) => (hex.slice(0, 16).toUpperCase().match(/.{4}/g) ?? []).join(' ');

/** @param {string} text */
function parseReceipt(text) {
  try {
    return readReceipt(JSON.parse(text));
  } catch (error) {
    return error instanceof Malformed ? error.message : '它不是完整的 JSON';
  }
}

/**
 * What the bulletin says about one's own paper.
 * @param {Bulletin} bulletin
 * @param {string} text the receipt file
 * @returns {{ fault: Fault } | { found: string }}
 */
export function findReceipt(bulletin, text) {
  const receipt = parseReceipt(text);
  const wrong = (/** @type {string} */ said) => ({ fault: faults.receipt(said) });
  if (typeof receipt === 'string') return wrong(`回执的格式不对：${receipt}。`);
  if (receipt.ballot !== bulletin.ballot)
    return wrong(`回执是另一次表决的（${receipt.ballot}），这份公示是 ${bulletin.ballot}。`);
  if (receipt.fingerprint !== bulletin.fingerprint)
    return wrong(
      `回执上的公钥指纹是 ${fingerprintInWords(receipt.fingerprint)}，公示的是 ${fingerprintInWords(bulletin.fingerprint)}：公示用的不是领票时的那把钥匙。请保留回执，向主办单位提出。`,
    );
  const modulus = readPublicKey(Buffer.from(bulletin.publicKey, 'base64url'));
  if (modulus === undefined || !isSigned(bulletin, receipt, modulus))
    return wrong('回执上的签名不是这次表决的钥匙签的。');
  const at = bulletin.votes.findIndex(({ token }) => token === receipt.token);
  const vote = bulletin.votes[at];
  if (!vote)
    return wrong(
      '公示里没有回执上的这张票，回执上的签名却是真的。领了票没有投出，就是这样；如果投出了，请保留回执，向主办单位提出。',
    );
  if (vote.prefix !== receipt.prefix || vote.signature !== receipt.signature)
    return wrong(`第 ${at + 1} 张票与回执的票号相同，前缀或签名却不同。`);
  return {
    found: `回执是第 ${at + 1} 张票（票号 ${vote.token.slice(0, 8)}… 开头），${choiceInWords(bulletin, at)}。`,
  };
}

/** @param {Bulletin} bulletin @param {number} at */
function choiceInWords({ paper, votes }, at) {
  const vote = votes[at];
  if (!vote || !('choice' in vote) || paper.kind === 'marks') return '打分只公布合计，不逐张公布';
  const labels = paper.options.filter(({ id }) => vote.choice.includes(id));
  return labels.length > 0
    ? `选的是：${labels.map(({ label }) => shown(label)).join('、')}`
    : '是空白票';
}

/** @param {Bulletin} bulletin @param {Map<string, number> | undefined} counts */
function numbersInWords(
  { paper, due, attending, issued, received, valid, notCast, ...rest },
  counts,
) {
  const lines = [
    `应到 ${due}，实到 ${attending}，发出 ${issued}，收回 ${received}，有效票 ${valid}，未投 ${notCast}。`,
  ];
  if (paper.kind === 'choose') {
    const each = paper.options.map(({ id, label }) => `${shown(label)} ${counts?.get(id) ?? 0} 票`);
    lines.push(`${[...each, `空白 ${counts?.get('blank') ?? 0} 票`].join('，')}。`);
  } else if ('totals' in rest && rest.totals) {
    for (const { id, label } of paper.topics) {
      const given = Object.entries(rest.totals[id] ?? {}).map(([mark, n]) => `${mark} 分 ${n} 人`);
      lines.push(`${shown(label)}：${given.join('，')}。`);
    }
  }
  return lines;
}

/** @param {Bulletin} bulletin */
const checkedInWords = ({ votes, paper }) => [
  '✓ 格式、字段和写法与公示的格式一致。',
  '✓ 公钥是 RSA-3072，指纹与公钥相符。',
  `✓ ${votes.length} 张票的签名逐张验过，都是这把钥匙签的。`,
  '✓ 票号没有重复，按次序排列。',
  ...(paper.kind === 'choose'
    ? ['✓ 每张票都是选票允许的选法。', '✓ 各选项逐张重数，与公示的票数相同。']
    : ['✓ 打分和意见的条数不多于收回的票；打分的票不逐张公布，合计无法重数。']),
  '✓ 收回 ≤ 发出 ≤ 实到 ≤ 应到；未投 = 发出 − 收回。',
];

/** @param {Verdict & { bulletin: Bulletin }} verdict */
function report({ bulletin, counts, sha256 }) {
  const outcome = outcomeInWords(bulletin, counts);
  return [
    `表决 ${bulletin.ballot}：${shown(bulletin.question)}`,
    `文件的 SHA-256：${sha256}`,
    `核对码（公钥指纹）：${fingerprintInWords(bulletin.fingerprint)}（请与会场大屏上的核对）`,
    ...checkedInWords(bulletin),
    ...numbersInWords(bulletin, counts),
    ...(outcome ? [`按规则：${outcome}`] : []),
    '文件本身证明不了应到、实到和发出的数：请与会议的签到核对。',
  ];
}

/** @param {readonly Fault[]} all */
function complaints(all) {
  const named = all.slice(0, MOST_NAMED).map(({ text }) => `✗ ${text}`);
  const more = all.length - named.length;
  return [
    `这份公示有 ${all.length} 处不对：`,
    ...named,
    ...(more > 0 ? [`另有 ${more} 处。`] : []),
  ];
}

/** @param {string[]} args @returns {number} the exit code */
function verify(args) {
  const { file, receipt, hash } = readArgs(args);
  const bytes = read(file);
  const paper = receipt === undefined ? undefined : read(receipt).toString('utf8');
  const verdict = verifyBulletin(bytes, hash);
  const { bulletin } = verdict;
  const mine = bulletin && paper !== undefined ? findReceipt(bulletin, paper) : undefined;
  const all = [...verdict.faults, ...(mine && 'fault' in mine ? [mine.fault] : [])];
  if (all.length > 0 || !bulletin) {
    console.error([...complaints(all), `文件的 SHA-256：${verdict.sha256}`].join('\n'));
    return 1;
  }
  const own = mine && 'found' in mine ? [mine.found] : [];
  console.log([...report({ ...verdict, bulletin }), ...own, '公示完好。'].join('\n'));
  return 0;
}

/**
 * `npm run ballot:verify -- bulletin.json`: recounts a downloaded bulletin, offline.
 * @param {string[]} args
 * @returns {number} the exit code; 1 for any fault
 */
export function ballotVerify(args) {
  try {
    return verify(args);
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    console.error(error.message);
    return 1;
  }
}
