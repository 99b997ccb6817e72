import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { fixtureSite } from '../support/fixtureSite.ts';
import { createPost, SITE } from '../support/post.ts';
import { killedAfter, killedRound } from '../support/postmanKills.ts';
import { SECRETARIES } from '../support/rounds.ts';
import { startServer } from '../support/serverProcess.ts';

const ROUNDS = 30;

// The first transaction gathers; then each mail has one before and one after it.
test.each([
  ['transaction', 'before', 1],
  ['transaction', 'after', 2],
  ['send', 'before', 3],
  ['transaction', 'after', 7],
] as const)(
  'a postman killed (%s, %s, %i) loses nothing and repeats nothing',
  async (of, when, nth) => {
    expect(await killedRound({ of, when, nth })).toBe('SIGKILL');
  },
);

it(`kill -9 of a postman at ${ROUNDS} random moments loses nothing and repeats nothing`, async () => {
  const endings: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    endings.push(await killedAfter(randomInt(1, 31), randomInt(0, 10)));
  expect(endings.filter((ending) => ending === 'SIGKILL').length).toBeGreaterThan(ROUNDS / 2);
});

it('the server itself sends what is due, and stops although the mail server hangs', async () => {
  const site = fixtureSite();
  const post = await createPost();
  const [one = '', two = ''] = SECRETARIES;
  const due = (): unknown => post.services.db.sqlite.exec('UPDATE delivery SET due_at = 0');
  await post.tellTurn('2026-12', one);
  due();
  const server = await startServer(join(site.dir, 'site'), {
    DATABASE_URL: `file://${post.services.db.file}`,
    SMTP_URL: post.smtp.url,
    MAIL_FROM: 'yuanzhuo@example.cn',
    SITE_URL: SITE,
  });
  try {
    await expect.poll(() => post.smtp.letters.length, { timeout: 15_000 }).toBeGreaterThan(0);
    let hanging = false;
    post.smtp.behave = () => {
      hanging = true;
      return 'hangAfterData';
    };
    await post.tellTurn('2026-12', two);
    due();
    await expect.poll(() => hanging, { timeout: 15_000 }).toBe(true);
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    const doubted = post.rows("SELECT 1 FROM dispatch WHERE state = 'waiting' AND in_doubt = 1");
    expect(doubted).toHaveLength(1);
  } finally {
    server.child.kill('SIGKILL');
    await server.ended;
    await post.close();
    site.remove();
  }
});
