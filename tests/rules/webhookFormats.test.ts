import { createHmac } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import type { Answer } from '../../api/core/outbound/outbound.ts';
import {
  callFor,
  type Format,
  type Message,
  outcomeOf,
} from '../../api/notices/webhooks/formats.ts';

const NOW = Date.UTC(2026, 10, 22, 4, 0, 0, 789);
const SECRET = 'SECf0e1d2c3b4a5968778695a4b3c2d1e0f';
const line = (text: string, n = 1) => ({
  kind: 'session.planned',
  text,
  link: `https://yuanzhuo.example/salon/sessions/${n}/?salon=fuping`,
  at: NOW - 1000,
});
const message = (...texts: string[]): Message => ({
  id: '0123456789abcdefghjk',
  salon: '富平县社区治理主题沙龙',
  lines: texts.map(line),
});
const made = (format: Format, url: string, secret: string | null, said = message('开会。')) => {
  const call = callFor({ format, url, secret }, said, NOW);
  return { ...call, json: JSON.parse(call.body) };
};

describe('企业微信', () => {
  const URL_WECOM = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx';
  it('is told in Markdown, by the key in the address', () => {
    const { url, json, headers } = made('wecom', URL_WECOM, null, message('开会。', '改期。'));
    expect(url).toBe(URL_WECOM);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(json).toEqual({
      msgtype: 'markdown',
      markdown: {
        content:
          '**圆桌 · 富平县社区治理主题沙龙**\n\n- 开会。[查看](https://yuanzhuo.example/salon/sessions/0/?salon=fuping)\n- 改期。[查看](https://yuanzhuo.example/salon/sessions/1/?salon=fuping)',
      },
    });
  });
  it('is never sent more than its 4,096 bytes, and says how many are left out', () => {
    const long = message(...Array.from({ length: 10 }, () => '社区'.repeat(120)));
    const { content } = made('wecom', URL_WECOM, null, long).json.markdown;
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(4096);
    const shown = content.split('\n- ').length - 1;
    expect(content).toContain(`另有 ${10 - shown} 条，请登录后看。`);
    expect(shown).toBeGreaterThan(2);
  });
  it('takes nothing that people typed for Markdown, a mention or a link', () => {
    const typed = '[点我](http://evil.example) **红** <@all> `x` # > _a_ ![图](a)';
    const { content } = made('wecom', URL_WECOM, null, message(typed)).json.markdown;
    expect(content).toContain(
      '［点我］（http://evil.example） ＊＊红＊＊ ＜@all＞ ｀x｀ ＃ ＞ ＿a＿ ！［图］（a）[查看](',
    );
  });
});

describe('钉钉', () => {
  const URL_DINGTALK = 'https://oapi.dingtalk.com/robot/send?access_token=abc123';
  it('is signed in the address, over the milliseconds and the secret', () => {
    const { url, json } = made('dingtalk', URL_DINGTALK, SECRET);
    const sign = createHmac('sha256', SECRET)
      .update([String(NOW), SECRET].join('\n'), 'utf8')
      .digest()
      .toString('base64');
    expect(url).toBe(`${URL_DINGTALK}&timestamp=${NOW}&sign=${encodeURIComponent(sign)}`);
    expect(json).toMatchObject({
      msgtype: 'markdown',
      markdown: { title: '圆桌 · 富平县社区治理主题沙龙' },
    });
    expect(json.markdown.text).toContain('- 开会。[查看](https://');
  });
  it('is not signed without a secret', () => {
    expect(made('dingtalk', URL_DINGTALK, null).url).toBe(URL_DINGTALK);
  });
});

describe('飞书', () => {
  const URL_FEISHU = 'https://open.feishu.cn/open-apis/bot/v2/hook/xxxx';
  it('is signed in the body, with seconds and secret as the key of nothing', () => {
    const { url, json } = made('feishu', URL_FEISHU, SECRET);
    const seconds = '1795320000';
    const key = Buffer.from(`${seconds}\n${SECRET}`, 'utf8');
    expect(url).toBe(URL_FEISHU);
    expect(json).toEqual({
      timestamp: seconds,
      sign: createHmac('sha256', key).update(Buffer.alloc(0)).digest().toString('base64'),
      msg_type: 'post',
      content: {
        post: {
          zh_cn: {
            title: '圆桌 · 富平县社区治理主题沙龙',
            content: [
              [
                { tag: 'text', text: '开会。 ' },
                {
                  tag: 'a',
                  text: '查看',
                  href: 'https://yuanzhuo.example/salon/sessions/0/?salon=fuping',
                },
              ],
            ],
          },
        },
      },
    });
  });
  it('is not signed without a secret', () => {
    expect(Object.keys(made('feishu', URL_FEISHU, null).json)).toEqual(['msg_type', 'content']);
  });
});

describe('plain JSON', () => {
  it('is signed over its second and its very bytes', () => {
    const { headers, body, json } = made('plain', 'https://example.cn/hook', SECRET);
    const { t = '', v1 = '' } = Object.fromEntries(
      (headers['x-yuanzhuo-signature'] ?? '').split(',').map((part) => part.split('=')),
    );
    expect(t).toBe('1795320000');
    const bytes = Buffer.concat([Buffer.from(`${t}.`), Buffer.from(body)]);
    expect(v1).toBe(createHmac('sha256', Buffer.from(SECRET)).update(bytes).digest('hex'));
    expect(headers['x-yuanzhuo-delivery']).toBe('0123456789abcdefghjk');
    expect(json).toEqual({
      id: '0123456789abcdefghjk',
      salon: '富平县社区治理主题沙龙',
      notices: [
        {
          kind: 'session.planned',
          text: '开会。',
          link: 'https://yuanzhuo.example/salon/sessions/0/?salon=fuping',
          at: '2026-11-22T03:59:59.789Z',
        },
      ],
    });
  });
});

describe('an answer', () => {
  const said = (body: unknown, status = 200): Answer => ({
    kind: 'answered',
    status,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  test.each<[Format, Answer]>([
    ['wecom', said({ errcode: 0, errmsg: 'ok' })],
    ['dingtalk', said({ errcode: 0, errmsg: 'ok' })],
    ['feishu', said({ code: 0, msg: 'success', data: {} })],
    ['feishu', said({ StatusCode: 0, StatusMessage: 'success' })],
    ['plain', said('')],
    ['plain', said('anything', 204)],
  ])('of %s: %j is a yes', (format, answer) => {
    expect(outcomeOf(format, answer)).toEqual({ is: 'accepted' });
  });

  test.each<[Format, Answer, string, string]>([
    [
      'wecom',
      said({ errcode: 93000, errmsg: 'invalid webhook url' }),
      'refused',
      '地址里的 key 不对，或机器人已被移出群（93000 invalid webhook url）。',
    ],
    [
      'wecom',
      said({ errcode: 45009, errmsg: 'api freq out of limit' }),
      'failed',
      '发得太快，稍后再发（45009 api freq out of limit）。',
    ],
    [
      'dingtalk',
      said({ errcode: 310000, errmsg: 'sign not match' }),
      'refused',
      '安全设置没有通过：请核对加签密钥，或把“圆桌”设为关键词（310000 sign not match）。',
    ],
    [
      'feishu',
      said({ code: 19021, msg: 'sign match fail' }),
      'refused',
      '签名没有通过：请核对签名密钥（19021 sign match fail）。',
    ],
    ['feishu', said({ StatusCode: 7 }), 'failed', '机器人没有收下（7）。'],
    [
      'wecom',
      said({ errcode: -1, errmsg: `a\n\u0000\u202e${'b'.repeat(200)}` }),
      'failed',
      `机器人没有收下（-1 a ${'b'.repeat(78)}）。`,
    ],
    [
      'wecom',
      said('<html>welcome</html>'),
      'refused',
      '对方的回答不是机器人的回答，请核对地址和种类。',
    ],
    ['dingtalk', said('null'), 'refused', '对方的回答不是机器人的回答，请核对地址和种类。'],
    ['plain', said('', 302), 'refused', '对方要转到别处（302），不会跟着去；请填最后的地址。'],
    ['plain', said('', 404), 'refused', '对方没有收下（404）。'],
    ['plain', said('', 429), 'failed', '对方没有收下（429）。'],
    ['plain', said('', 503), 'failed', '对方没有收下（503）。'],
    ['wecom', said({ errcode: 0 }, 500), 'failed', '对方没有收下（500）。'],
    ['plain', { kind: 'failed', why: 'forbidden' }, 'refused', '这个地址通向内部网络，没有发出。'],
    [
      'plain',
      { kind: 'failed', why: 'unknown name' },
      'failed',
      '找不到地址里的网站，请核对地址。',
    ],
    ['plain', { kind: 'failed', why: 'certificate' }, 'failed', '对方网站的证书有问题，没有发出。'],
  ])('of %s: %j is a no', (format, answer, is, trouble) => {
    expect(outcomeOf(format, answer)).toMatchObject({ is, trouble });
  });

  it('is in doubt when none came', () => {
    for (const why of ['too slow', 'unreachable'] as const) {
      const outcome = outcomeOf('wecom', { kind: 'failed', why });
      expect(outcome).toMatchObject({ is: 'failed', inDoubt: true, forAll: false });
    }
    expect(outcomeOf('plain', said('', 503))).toMatchObject({ inDoubt: false });
  });
});
