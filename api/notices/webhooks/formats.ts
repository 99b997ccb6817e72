import { createHmac } from 'node:crypto';
import type { Answer, Call } from '../../core/outbound/outbound.ts';
import type { Item, Outcome } from '../postman/types.ts';

/** How each kind of robot wants to be told, and what its answer means. */

export const FORMATS = ['wecom', 'dingtalk', 'feishu', 'plain'] as const;
export type Format = (typeof FORMATS)[number];

export interface Target {
  readonly format: Format;
  readonly url: string;
  readonly secret: string | null;
}

/** One notice as a robot says it. */
export type Line = Pick<Item, 'kind' | 'text' | 'link' | 'at'>;

export interface Message {
  /** The same for each try, so that a program can tell a second copy. */
  readonly id: string;
  /** Its name. */
  readonly salon: string;
  readonly lines: readonly Line[];
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** @param now milliseconds since 1970; the signatures hold for an hour */
export function callFor(target: Target, message: Message, now: number): Call {
  return WRITERS[target.format](target, message, now);
}

type Writer = (target: Target, message: Message, now: number) => Call;

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text);

const titleOf = ({ salon }: Message): string => `圆桌 · ${salon}`;

/** What people have typed is no Markdown: each dialect escapes in its own way, so none is needed. */
const WIDE: Readonly<Record<string, string>> = Object.fromEntries(
  [...'\\`*_{}[]()<>#~|!'].map((sign) => [sign, String.fromCharCode(sign.charCodeAt(0) + 0xfee0)]),
);
const asText = (text: string): string =>
  text.replace(/[\\`*_{}[\]()<>#~|!]/g, (sign) => WIDE[sign] ?? '');

/** 企业微信 takes 4,096 bytes, 钉钉 20,000. */
const MARKDOWN_BYTES = 4000;

/** As many notices as there is room for, and how many are left. */
function markdown(message: Message): string {
  const rows = message.lines.map(({ text, link }) => `- ${asText(text)}[查看](${link})`);
  const head = `**${asText(titleOf(message))}**\n`;
  let kept = rows.length;
  const whole = (): string => {
    const left = rows.length - kept;
    return [
      head,
      ...rows.slice(0, kept),
      ...(left > 0 ? [`另有 ${left} 条，请登录后看。`] : []),
    ].join('\n');
  };
  while (kept > 0 && Buffer.byteLength(whole()) > MARKDOWN_BYTES) kept -= 1;
  return whole();
}

const post = (url: string, body: object, headers: Record<string, string> = {}): Call => ({
  url,
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify(body),
});

const WRITERS: Readonly<Record<Format, Writer>> = {
  wecom: ({ url }, message) =>
    post(url, { msgtype: 'markdown', markdown: { content: markdown(message) } }),

  dingtalk({ url, secret }, message, now) {
    const signed = new URL(url);
    if (secret) {
      signed.searchParams.set('timestamp', String(now));
      signed.searchParams.set('sign', hmac(secret, `${now}\n${secret}`).digest('base64'));
    }
    const content = { title: titleOf(message), text: markdown(message) };
    return post(signed.href, { msgtype: 'markdown', markdown: content });
  },

  feishu({ url, secret }, message, now) {
    const timestamp = String(Math.floor(now / 1000));
    const sign = secret && hmac(`${timestamp}\n${secret}`, '').digest('base64');
    const rows = message.lines.map(({ text, link }) => [
      { tag: 'text', text: `${text} ` },
      { tag: 'a', text: '查看', href: link },
    ]);
    const said = { zh_cn: { title: titleOf(message), content: rows } };
    return post(url, {
      ...(sign && { timestamp, sign }),
      msg_type: 'post',
      content: { post: said },
    });
  },

  plain({ url, secret }, message, now) {
    const body = {
      id: message.id,
      salon: message.salon,
      notices: message.lines.map(({ kind, text, link, at }) => ({
        kind,
        text,
        link,
        at: new Date(at).toISOString(),
      })),
    };
    const t = Math.floor(now / 1000);
    const v1 = hmac(secret ?? '', `${t}.${JSON.stringify(body)}`).digest('hex');
    return post(url, body, {
      'x-yuanzhuo-delivery': message.id,
      ...(secret && { 'x-yuanzhuo-signature': `t=${t},v1=${v1}` }),
    });
  },
};

/** Said once it is sure that nothing was taken. */
const refused = (trouble: string): Outcome => ({ is: 'refused', trouble });
const failed = (trouble: string, inDoubt = false): Outcome => ({
  is: 'failed',
  trouble,
  inDoubt,
  forAll: false,
});

const FAILURES: Readonly<Record<Extract<Answer, { kind: 'failed' }>['why'], Outcome>> = {
  forbidden: refused('这个地址通向内部网络，没有发出。'),
  'unknown name': failed('找不到地址里的网站，请核对地址。'),
  certificate: failed('对方网站的证书有问题，没有发出。'),
  'too slow': failed('对方迟迟没有回答。', true),
  unreachable: failed('连不上对方，或者连接中断。', true),
};

/** Worth another try. */
const PASSING: readonly number[] = [408, 425, 429];

/** What came of a call. A robot says no in a body whose status says yes. */
export function outcomeOf(format: Format, answer: Answer): Outcome {
  if (answer.kind === 'failed') return FAILURES[answer.why];
  const { status, body } = answer;
  if (status >= 300 && status < 400) {
    return refused(`对方要转到别处（${status}），不会跟着去；请填最后的地址。`);
  }
  if (status >= 200 && status < 300) {
    return format === 'plain' ? { is: 'accepted' } : robotOutcome(format, body);
  }
  const no = status >= 500 || PASSING.includes(status) ? failed : refused;
  return no(`对方没有收下（${status}）。`);
}

/** What a robot's codes mean, where they are worth a word. */
const CODES: Readonly<Record<string, readonly [words: string, lasting: boolean]>> = {
  'wecom 93000': ['地址里的 key 不对，或机器人已被移出群', true],
  'wecom 45009': ['发得太快，稍后再发', false],
  'dingtalk 300005': ['地址里的 access_token 不对，或机器人已被移出群', true],
  'dingtalk 310000': ['安全设置没有通过：请核对加签密钥，或把“圆桌”设为关键词', true],
  'dingtalk 130101': ['发得太快，稍后再发', false],
  'feishu 19001': ['地址不对，或机器人已被移出群', true],
  'feishu 19021': ['签名没有通过：请核对签名密钥', true],
  'feishu 19022': ['机器人只收指定 IP 发来的，请在机器人里加上本站的 IP', true],
  'feishu 19024': ['安全设置没有通过：请把“圆桌”设为关键词', true],
  'feishu 11232': ['发得太快，稍后再发', false],
};

/** 企业微信 and 钉钉 say errcode; 飞书 says code, in the past StatusCode. */
function robotOutcome(format: Format, body: string): Outcome {
  const said = readJson(body);
  const code = said.errcode ?? said.code ?? said.StatusCode;
  if (typeof code !== 'number') {
    return refused('对方的回答不是机器人的回答，请核对地址和种类。');
  }
  if (code === 0) return { is: 'accepted' };
  const [words, lasting] = CODES[`${format} ${code}`] ?? ['机器人没有收下', false];
  const message = said.errmsg ?? said.msg ?? said.StatusMessage;
  const saying = typeof message === 'string' ? ` ${brief(message)}` : '';
  return (lasting ? refused : failed)(`${words}（${code}${saying}）。`);
}

/** Of anything else nothing. */
function readJson(body: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(body);
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const LONGEST_SAYING = 80;
/** Said by a stranger: one line of it, and not much. */
const brief = (text: string): string =>
  [...text.replace(/[\p{C}\s]+/gu, ' ').trim()].slice(0, LONGEST_SAYING).join('');
