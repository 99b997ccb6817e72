import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import { Refused } from '../core/refused.ts';
import { ACCOUNTS } from './refusals.ts';
import { PASSWORD_SCORE } from './rules.ts';

/** zxcvbn's warnings in our words; its other advice comes down to the general one. */
const WARNINGS: Readonly<Record<string, string>> = {
  straightRow: '键盘上的一排键很容易猜到。',
  keyPattern: '键盘上相邻的键很容易猜到。',
  simpleRepeat: '连续重复的字符很容易猜到。',
  extendedRepeat: '重复的一段很容易猜到。',
  sequences: '像 abc、123 这样的顺序很容易猜到。',
  recentYears: '年份很容易猜到。',
  dates: '日期（生日、纪念日）很容易猜到。',
  topTen: '这是最常用的密码之一。',
  topHundred: '这是很常用的密码。',
  common: '这是常用的密码。',
  similarToCommon: '这与常用的密码很像。',
  wordByItself: '单独一个词很容易猜到。',
  namesByThemselves: '单独的姓名很容易猜到。',
  commonNames: '常见的姓名很容易猜到。',
  userInputs: '不要用自己的姓名、手机号、社区名或本站名称。',
  pwned: '这个密码在别处泄露过。',
};

const GENERAL = '请换一个更长、更少规律的密码，例如几个不相干的词。';

let made: ZxcvbnFactory | undefined;

/** Made when a first password is set: its word lists are a fifth of what a start of the server takes. */
const zxcvbn = (): ZxcvbnFactory => {
  made ??= new ZxcvbnFactory({
    graphs: common.adjacencyGraphs,
    dictionary: { ...common.dictionary, ...english.dictionary },
  });
  return made;
};

/** What everybody here would think of first. */
const LOCAL = [
  'yuanzhuo',
  '圆桌',
  'shequ',
  '社区',
  'shalong',
  '沙龙',
  'fuping',
  '富平',
  'shuji',
  '书记',
];

/**
 * @param about the person's own name, phone, user name: no password may be made of them
 * @throws {Refused} weakPassword, saying why in Chinese
 */
export function requireStrong(
  password: string,
  about: readonly (string | null | undefined)[],
): void {
  const inputs = [...LOCAL, ...about.filter((text) => text != null && text !== '')] as string[];
  const { score, feedback } = zxcvbn().check(password.slice(0, 64), inputs);
  if (score >= PASSWORD_SCORE) return;
  const why = WARNINGS[feedback.warning ?? ''] ?? '';
  throw new Refused(ACCOUNTS.weakPassword, {
    detail: `${why}${GENERAL}`,
    errors: [{ path: '/password', message: `${why}${GENERAL}` }],
  });
}
