import { eq } from 'drizzle-orm';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMailer } from '../../api/core/mail.ts';
import { person } from '../../db/schema/index.ts';
import { createTestApp, type TestApp } from '../support/testApp.ts';

/** A real SMTP server on loopback that keeps what it is sent. */
function startSmtp(): Promise<{ url: string; letters: string[]; close: () => Promise<void> }> {
  const letters: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _, done) {
      let text = '';
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      stream.on('end', () => {
        letters.push(text);
        done();
      });
    },
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      const close = () => new Promise<void>((closed) => server.close(() => closed()));
      resolve({ url: `smtp://127.0.0.1:${port}`, letters, close });
    });
  });
}

/** The text part, out of its base64. */
function textOf(letter: string): string {
  const body = letter.slice(letter.indexOf('\r\n\r\n') + 4);
  return Buffer.from(body, 'base64').toString('utf8');
}

const smtp = await startSmtp();
let own: TestApp;

beforeAll(async () => {
  own = await createTestApp({ sendMail: createMailer(smtp.url, 'yuanzhuo@example.cn') });
  own.services.db.orm
    .update(person)
    .set({ email: 'weiyun@example.cn' })
    .where(eq(person.userName, 'weiyun'))
    .run();
});
afterAll(async () => {
  own.close();
  await smtp.close();
});

describe('重设密码的邮件', () => {
  it('到得了留了邮箱的人，里面的链接真能设密码', async () => {
    const asked = await own.visitor.send('POST', '/api/reset-requests', { login: 'weiyun' });
    expect(asked.status).toBe(202);
    await expect.poll(() => smtp.letters.length).toBe(1);
    const letter = smtp.letters[0] ?? '';
    expect(letter).toMatch(/^To: weiyun@example\.cn/m);
    const pass = /\/join\/#(\S+)/.exec(textOf(letter))?.[1];
    const password = '紫藤架下三只猫听雨';
    const set = await own.visitor.send('POST', '/api/passes/redeem', { pass, password });
    expect(set.status).toBe(200);
    const login = { login: 'weiyun', password };
    expect((await own.visitor.send('POST', '/api/sign-in', login)).status).toBe(200);
  });

  it.each(['nobody', 'jingyi', '13800000000'])('对 %s 也一样回答，但不发', async (login) => {
    const before = smtp.letters.length;
    const asked = await own.visitor.send('POST', '/api/reset-requests', { login });
    expect(asked.status).toBe(202);
    expect(await asked.json()).toEqual({ done: true });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(smtp.letters.length).toBe(before);
  });
});
