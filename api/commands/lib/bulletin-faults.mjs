import { shown } from './bulletin-shape.mjs';

/**
 * @typedef {'file' | 'shape' | 'key' | 'signature' | 'token' | 'choice' | 'count' | 'number'
 *   | 'rule' | 'receipt'} Kind
 * @typedef {{ kind: Kind, text: string }} Fault
 */

/** @param {Kind} kind @param {string} text @returns {Fault} */
const fault = (kind, text) => ({ kind, text });

/** @param {number} at @param {string} token */
const vote = (at, token) => `第 ${at + 1} 张票（票号 ${token.slice(0, 8)}… 开头）`;

/** Everything that can be wrong with a bulletin, as people read it. */
export const faults = {
  /** @param {string} said @param {string} really */
  hash: (said, really) =>
    fault(
      'file',
      `文件的 SHA-256 是 ${really}，不是 ${shown(said, 64)}：这不是当时公布的那份公示。`,
    ),
  written: () =>
    fault(
      'file',
      '文件的缩进、换行或字段写法与公示的写法不一致：它下载后被改写过，或有重复的字段。',
    ),
  json: () => fault('shape', '文件不是完整的 JSON：可能没有下载完。'),
  /** @param {string} message */
  shape: (message) => fault('shape', `格式不对：${message}。`),

  key: () => fault('key', '公钥不是 RSA-3072（指数 65537）的公钥，无法查验签名。'),
  /** @param {string} said @param {string} really */
  fingerprint: (said, really) =>
    fault(
      'key',
      `公钥的指纹是 ${really.slice(0, 16)}…，文件里写的却是 ${said.slice(0, 16)}…：公钥被换过。`,
    ),

  /** @param {number} at @param {string} token */
  signature: (at, token) =>
    fault('signature', `${vote(at, token)}的签名不是这把钥匙签的，或这张票被改过。`),
  /** @param {number} at @param {string} token */
  twice: (at, token) => fault('token', `${vote(at, token)}重复：这个票号前面已经有一张票。`),
  /** @param {number} at @param {string} token */
  order: (at, token) => fault('token', `${vote(at, token)}的位置不对：票应当按票号排列。`),

  /** @param {number} at @param {string} token @param {string} option */
  unknownOption: (at, token, option) =>
    fault('choice', `${vote(at, token)}选了选票上没有的「${shown(option)}」。`),
  /** @param {number} at @param {string} token @param {number} chosen @param {{ least: number, most: number }} paper */
  howMany: (at, token, chosen, { least, most }) =>
    fault(
      'choice',
      `${vote(at, token)}选了 ${chosen} 项，选票上写的是选 ${least === most ? least : `${least} 到 ${most}`} 项。`,
    ),
  /** @param {number} at @param {string} token */
  choiceOrder: (at, token) =>
    fault('choice', `${vote(at, token)}的选项有重复，或没有按选票上的次序。`),

  /** @param {string} label @param {number} said @param {number} really */
  count: (label, said, really) =>
    fault('count', `「${shown(label)}」公示为 ${said} 票，逐张重数是 ${really} 票。`),
  /** @param {string} text */
  totals: (text) => fault('count', text),

  /** @param {number} said @param {number} really */
  received: (said, really) => fault('number', `收回写的是 ${said}，文件里实际有 ${really} 张票。`),
  /** @param {number} said @param {number} received */
  valid: (said, received) => fault('number', `有效票写的是 ${said}，应当等于收回 ${received}。`),
  /** @param {number} said @param {number} issued @param {number} received */
  notCast: (said, issued, received) =>
    fault(
      'number',
      `未投写的是 ${said}，应当是发出 ${issued} − 收回 ${received} = ${issued - received}。`,
    ),
  /** @param {string} more @param {number} larger @param {string} most @param {number} limit */
  bound: (more, larger, most, limit) =>
    fault('number', `${more} ${larger} 多于${most} ${limit}，不可能。`),

  /** @param {string} text */
  rule: (text) => fault('rule', text),
  /** @param {string} text */
  receipt: (text) => fault('receipt', text),
};
