import type { ComponentChildren } from 'preact';
import type { api } from '../../lib/api.ts';

/** What a new one is made of. */
export type WebhookInput = Parameters<
  (typeof api.salons)[':salon']['webhooks']['$post']
>[0]['json'];
export type Format = WebhookInput['format'];

interface Robot {
  readonly name: string;
  /** How one comes by its address. */
  readonly steps: readonly ComponentChildren[];
  /** What its secret is called there, if it has one. */
  readonly secret?: { readonly label: string; readonly hint: string };
}

/** How to get the address of each kind of robot, in the words of its own pages. */
export const ROBOTS: Readonly<Record<Format, Robot>> = {
  wecom: {
    name: '企业微信',
    steps: [
      '在电脑上打开企业微信的群，点右上角“…”，选“添加群机器人”（或“消息推送”）。',
      '新建一个，名字可写“圆桌”。',
      '复制它的 Webhook 地址，粘贴到下面。地址里有“key=”。',
    ],
  },
  dingtalk: {
    name: '钉钉',
    steps: [
      '在电脑上打开钉钉的群，进“群设置”→“机器人”→“添加机器人”，选“自定义”。',
      '安全设置勾“加签”，复制 SEC 开头的密钥；也可以改勾“自定义关键词”，填“圆桌”。',
      '复制它的 Webhook 地址，和密钥一起粘贴到下面。',
    ],
    secret: { label: '加签密钥', hint: '以 SEC 开头；用关键词的不填。' },
  },
  feishu: {
    name: '飞书',
    steps: [
      '在电脑上打开飞书的群，进“设置”→“群机器人”→“添加机器人”，选“自定义机器人”。',
      '安全设置勾“签名校验”，复制密钥；也可以改勾“自定义关键词”，填“圆桌”。',
      '复制它的 Webhook 地址，和密钥一起粘贴到下面。',
    ],
    secret: { label: '签名密钥', hint: '用关键词的不填。' },
  },
  plain: {
    name: '其他程序',
    steps: [
      '我们向您的地址 POST 一份 JSON：id、salon、notices（每条有 kind、text、link、at）。同一份重发时 id 不变。',
      <>
        请求头 <code>X-Yuanzhuo-Signature: t=…,v1=…</code> 里，v1 是用密钥对“t.正文”算的
        HMAC-SHA256（十六进制）。请先核对再用。
      </>,
      '回答 2xx 就算收下；10 秒内没有回答，稍后再发。',
    ],
    secret: { label: '密钥', hint: '不填就由本站生成一个，只显示一次。' },
  },
};

export const FORMATS = ['wecom', 'dingtalk', 'feishu', 'plain'] as const satisfies Format[];
