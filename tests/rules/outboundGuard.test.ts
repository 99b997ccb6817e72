import { describe, expect, it, test } from 'vitest';
import { faultOfUrl, isTarget } from '../../api/core/outbound/guard.ts';

/** Of one's own network; allowed where the installation says so. */
const OWN = [
  '127.0.0.1',
  '127.255.255.254',
  '10.0.0.1',
  '10.255.255.255',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '100.127.255.255',
  '::1',
  '::127.0.0.1',
  'fd00::1',
  'fc00::1',
  '::ffff:10.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:192.168.0.1',
];

/** Never, whatever the installation says. */
const NEVER = [
  '0.0.0.0',
  '0.1.2.3',
  '169.254.169.254',
  '169.254.0.1',
  '::ffff:169.254.169.254',
  '192.0.0.1',
  '192.0.2.1',
  '192.88.99.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::7f00:1',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  '64:ff9b::a00:1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '::ffff:0:10.0.0.1',
  '2002:a00:1::1',
  '2002:7f00:1::',
  '2001::1',
  '2001:db8::1',
  '3fff::1',
  '5f00::1',
  '100::1',
  '4000::1',
  'no address',
  '',
];

const WORLD = [
  '1.1.1.1',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '128.0.0.1',
  '172.15.255.255',
  '172.32.0.1',
  '192.167.255.255',
  '223.255.255.255',
  '::ffff:8.8.8.8',
  '2400:3200::1',
  '2606:4700::1111',
];

describe('an address', () => {
  test.each(OWN)('%s is of one’s own network', (address) => {
    expect([isTarget(address, false), isTarget(address, true)]).toEqual([false, true]);
  });
  test.each(NEVER)('%s is never called', (address) => {
    expect([isTarget(address, false), isTarget(address, true)]).toEqual([false, false]);
  });
  test.each(WORLD)('%s is of the world', (address) => {
    expect([isTarget(address, false), isTarget(address, true)]).toEqual([true, true]);
  });
});

describe('an address as it is typed', () => {
  const inner = [
    'https://127.1/',
    'https://127.0.0.1./x',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://0/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[::ffff:a00:1]/',
    'https://１２７.０.０.１/',
    'https://①②⑦.0.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[64:ff9b::a9fe:a9fe]/',
    'https://[fd00::1]:8443/',
  ];
  test.each(inner)('%s leads inside', (url) => {
    expect(faultOfUrl(url, false)).toBe('这是内部网络的地址，不能发往那里');
  });

  const wrong = [
    ['http://example.cn/', '地址须以 https:// 开头'],
    ['ftp://example.cn/', '地址须以 https:// 开头'],
    ['file:///etc/passwd', '地址须以 https:// 开头'],
    ['https://user:word@example.cn/', '地址里不能有用户名和密码'],
    ['https://example.cn:22/', '地址里的端口只能是 443、8443 或 80'],
    ['https://example.cn:6379/', '地址里的端口只能是 443、8443 或 80'],
    ['https://', '地址的写法不对，请整个复制过来'],
    ['example.cn/hook', '地址的写法不对，请整个复制过来'],
    [`https://example.cn/${'a'.repeat(2000)}`, '地址太长，请重新复制'],
  ] as const;
  test.each(wrong)('%s is refused in words', (url, words) => {
    expect(faultOfUrl(url, false)).toBe(words);
  });

  const good = [
    'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc',
    'https://example.cn:8443/hook',
    'https://example.cn:443/',
    'https://8.8.8.8/',
    'https://[2400:3200::1]/',
  ];
  test.each(good)('%s may be called', (url) => {
    expect(faultOfUrl(url, false)).toBeUndefined();
  });

  it('may lead inside, by any port and without TLS, where the installation allows it', () => {
    for (const url of ['http://127.0.0.1:8080/', 'http://robot.lan/', 'https://[fd00::1]:9000/']) {
      expect(faultOfUrl(url, true)).toBeUndefined();
      expect(faultOfUrl(url, false)).toBeDefined();
    }
    expect(faultOfUrl('http://169.254.169.254/', true)).toBeDefined();
    expect(faultOfUrl('ftp://127.0.0.1/', true)).toBeDefined();
  });
});
