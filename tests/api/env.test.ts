import { describe, expect, it, test } from 'vitest';
import { EnvError, readEnv } from '../../api/core/env.ts';
import { listenAdvice } from '../../api/core/lifecycle.ts';

describe('readEnv', () => {
  it('has a default for everything', () => {
    expect(readEnv({})).toEqual({
      host: '127.0.0.1',
      port: 4321,
      trustProxy: false,
      siteDir: 'dist',
      rebuild: false,
      commit: undefined,
      databaseUrl: 'file:./data/yuanzhuo.db',
      production: false,
      siteUrl: undefined,
      logLevel: 'warn',
      litestreamUrl: undefined,
      mail: undefined,
      webhookPrivate: false,
    });
  });

  it('takes what is given, trimmed, and an empty value as not given', () => {
    const env = readEnv({ PORT: ' 8080 ', HOST: '::1', TRUST_PROXY: '1', COMMIT: '' });
    expect(env).toMatchObject({ port: 8080, host: '::1', trustProxy: true, commit: undefined });
  });

  test.each(['0', '1', '65535'])('PORT=%s is accepted', (PORT) => {
    expect(readEnv({ PORT }).port).toBe(Number(PORT));
  });

  test.each(['65536', '-1', '80.5', 'abc', '0x50', '1e3', '99999', '123456', '80 81'])(
    'PORT=%s is refused in Chinese',
    (PORT) => {
      expect(() => readEnv({ PORT })).toThrow(EnvError);
      expect(() => readEnv({ PORT })).toThrow('PORT 须是 0 到 65535 的整数');
    },
  );

  test.each([
    [{ HOST: 'a b' }, 'HOST 须是'],
    [{ HOST: 'http://x/' }, 'HOST 须是'],
    [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY 只能是 0 或 1'],
    [{ COMMIT: 'not-a-hash' }, 'COMMIT 须是'],
  ])('%j is refused', (source, message) => {
    expect(() => readEnv(source)).toThrow(message);
  });

  it('names every variable that is wrong', () => {
    expect(() => readEnv({ PORT: 'x', TRUST_PROXY: 'x' })).toThrow(/PORT 须是.*;TRUST_PROXY/);
  });
});

test.each([
  ['EADDRINUSE', 4321, '例如 PORT=4322'],
  ['EADDRINUSE', 65535, '例如 PORT=4321'],
  ['EACCES', 80, '1024 以上'],
  ['EADDRNOTAVAIL', 4321, '127.0.0.1'],
  ['EWHATEVER', 4321, 'EWHATEVER'],
])('when listening fails with %s on %i it says %s', (code, port, words) => {
  const sentence = listenAdvice(Object.assign(new Error('x'), { code }), '10.0.0.1', port);
  expect(sentence).toContain(words);
  expect(sentence.match(/。/g)).toHaveLength(1);
});
