/**
 * What the file must look like, field by field: a field too many could hide what a reader sees.
 * @template T
 * @typedef {(value: unknown, path: string) => T} Reader gives the value back or throws `Malformed`
 */

/** @typedef {ReturnType<typeof readChooseBulletin>} ChooseBulletin */
/** @typedef {ReturnType<typeof readMarksBulletin>} MarksBulletin */
/** @typedef {ChooseBulletin | MarksBulletin} Bulletin */
/** @typedef {ReturnType<typeof readReceipt>} Receipt */
/** @typedef {ReturnType<typeof choosePaper>} ChoosePaper */

/** The file is not what it should be; the message says where and why. */
export class Malformed extends Error {}

/** @param {string} path @param {string} what @returns {never} */
function refuse(path, what) {
  throw new Malformed(`${path || '文件'}${what}`);
}

/** @param {string} path @param {string | number} step */
const below = (path, step) => {
  if (typeof step === 'number') return `${path} 第 ${step + 1} 项`;
  return path ? `${path} 的 ${step}` : step;
};

/**
 * What comes from a file, on one line and without control characters.
 * @param {string} text
 */
export const shown = (text, most = 60) => {
  const plain = text.replace(/\p{C}/gu, '·');
  return plain.length > most ? `${plain.slice(0, most)}…` : plain;
};

/** @type {(pattern: RegExp, what: string) => Reader<string>} */
const text = (pattern, what) => (value, path) =>
  typeof value === 'string' && pattern.test(value) ? value : refuse(path, `应当是${what}`);

/** @type {(least: number, most?: number) => Reader<number>} */
const whole =
  (least, most = Number.MAX_SAFE_INTEGER) =>
  (value, path) =>
    Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most
      ? Number(value)
      : refuse(
          path,
          `应当是${most < Number.MAX_SAFE_INTEGER ? ` ${least} 到 ${most}` : `不小于 ${least}`} 的整数`,
        );

/**
 * @template {string} T
 * @param {T} word
 * @returns {Reader<T>}
 */
const exactly = (word) => (value, path) =>
  value === word
    ? word
    : refuse(path, `写的是 ${shown(JSON.stringify(value) ?? '')}，这里只认得 ${word}`);

/**
 * Exactly these fields in exactly this order.
 * @template {Record<string, Reader<unknown>>} F
 * @param {F} fields
 * @returns {Reader<{ [K in keyof F]: ReturnType<F[K]> }>}
 */
const record = (fields) => (value, path) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse(path, '应当是一组字段');
  const names = Object.keys(fields);
  const found = Object.keys(value);
  const unknown = found.find((name) => !names.includes(name));
  if (unknown !== undefined) refuse(path, `有不认得的字段「${shown(unknown)}」`);
  const missing = names.find((name) => !found.includes(name));
  if (missing !== undefined) refuse(path, `缺少字段「${shown(missing)}」`);
  if (found.some((name, at) => name !== names[at])) refuse(path, '的字段次序不对');
  for (const [name, inner] of Object.entries(value)) fields[name]?.(inner, below(path, name));
  return /** @type {{ [K in keyof F]: ReturnType<F[K]> }} */ (value);
};

/**
 * @template T
 * @param {Reader<T>} item
 * @returns {Reader<T[]>}
 */
const list = (item) => (value, path) =>
  Array.isArray(value)
    ? value.map((inner, at) => item(inner, below(path, at)))
    : refuse(path, '应当是一个列表');

/**
 * @template T
 * @param {Reader<T>} inner
 * @returns {Reader<T | null>}
 */
const orNull = (inner) => (value, path) => (value === null ? null : inner(value, path));

/** The only spelling of so many octets. @param {number} length */
const octets = (length) => {
  const spelt = text(/^[\w-]+$/, ` ${length} 个字节的 base64url`);
  return /** @type {Reader<string>} */ (
    (value, path) => {
      const word = spelt(value, path);
      const bytes = Buffer.from(word, 'base64url');
      if (bytes.length !== length || bytes.toString('base64url') !== word)
        refuse(path, `应当是 ${length} 个字节的 base64url`);
      return word;
    }
  );
};

const words = text(/\S/, '文字');
const fingerprint = text(/^[0-9a-f]{64}$/, ' 64 位小写十六进制');
const ballot = text(/^[0-9a-z]{20}$/, ' 20 位小写字母和数字');

/** @type {Reader<{ id: string, label: string }[]>} */
const named = (value, path) => {
  const all = list(record({ id: words, label: words }))(value, path);
  if (all.length === 0) refuse(path, '是空的');
  if (new Set(all.map(({ id }) => id)).size < all.length) refuse(path, '有重复的 id');
  return all;
};

const choosePaper = record({
  kind: exactly('choose'),
  options: named,
  least: whole(0),
  most: whole(1),
});
const marksPaper = record({ kind: exactly('marks'), topics: named, comment: whole(0) });

const recall = record({ kind: exactly('recall') });
const most = record({ kind: exactly('most'), places: whole(1), least: whole(0, 1) });
/** @param {unknown} value @param {string} path */
const anyRule = (value, path) =>
  kindOf(value) === 'most' ? most(value, path) : recall(value, path);

const HEAD = { format: exactly('yuanzhuo-bulletin-1'), ballot, question: words };
const BODY = {
  rule: orNull(anyRule),
  suite: exactly('RSABSSA-SHA384-PSS-Randomized'),
  publicKey: text(/^[\w-]+$/, ' base64url'),
  fingerprint,
  due: whole(0),
  attending: whole(0),
  issued: whole(0),
  received: whole(0),
  valid: whole(0),
  notCast: whole(0),
};
const SIGNED = { prefix: octets(32), token: octets(32), signature: octets(384) };

/** @param {unknown} value @returns {unknown} */
const kindOf = (value) =>
  typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;

/** @template T @param {readonly { id: string }[]} all @param {T} reader */
const byId = (all, reader) => Object.fromEntries(all.map(({ id }) => [id, reader]));

/** @param {unknown} value @param {unknown} paper */
function readChooseBulletin(value, paper) {
  const { options, least, most: atMost } = choosePaper(paper, 'paper');
  if (least > atMost || atMost > options.length) refuse('paper', '的 least、most 与选项数不合');
  if (options.some(({ id }) => id === 'blank')) refuse('paper', '的选项不能叫 blank');
  const counts = record({ ...byId(options, whole(0)), blank: whole(0) });
  const votes = list(record({ ...SIGNED, choice: list(words) }));
  return record({ ...HEAD, paper: choosePaper, ...BODY, counts, votes })(value, '');
}

/** @param {unknown} value @param {unknown} paper */
function readMarksBulletin(value, paper) {
  const { topics, comment } = marksPaper(paper, 'paper');
  const count = whole(0);
  const totals = record(byId(topics, record({ 1: count, 2: count, 3: count, 4: count, 5: count })));
  const remark = /** @type {Reader<string>} */ (
    (said, path) =>
      typeof said === 'string' && [...said].length <= comment
        ? said
        : refuse(path, `应当是不超过 ${comment} 个字的文字`)
  );
  const published = { totals: orNull(totals), comments: orNull(list(remark)) };
  const votes = list(record(SIGNED));
  return record({ ...HEAD, paper: marksPaper, ...BODY, ...published, votes })(value, '');
}

/**
 * @param {unknown} value parsed JSON
 * @returns {Bulletin}
 * @throws {Malformed}
 */
export function readBulletin(value) {
  if (typeof value !== 'object' || value === null) return refuse('', '应当是一组字段');
  if ('format' in value) HEAD.format(value.format, 'format');
  const paper = 'paper' in value ? value.paper : undefined;
  return kindOf(paper) === 'marks'
    ? readMarksBulletin(value, paper)
    : readChooseBulletin(value, paper);
}

/** @throws {Malformed} @param {unknown} value parsed JSON */
export function readReceipt(value) {
  const format = exactly('yuanzhuo-receipt-1');
  return record({ format, ballot, fingerprint, ...TOKEN_FIRST })(value, '');
}

/** As the browser writes it: a receipt names its token before the prefix. */
const TOKEN_FIRST = { token: SIGNED.token, prefix: SIGNED.prefix, signature: SIGNED.signature };
