import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'vitest';
import { inRoot } from '../../api/commands/lib/paths.mjs';
import { createPost, emailOf, type Post } from './post.ts';
import type { Point } from './postmanChild.ts';
import { SECRETARIES } from './rounds.ts';
import type { Caught } from './smtp.ts';

/** One notice each, and a second for every other: 15 notices in 10 mails. */
const PEOPLE = SECRETARIES.slice(0, 10);

export async function toldPost(): Promise<Post> {
  const post = await createPost();
  await post.tellTurn('2026-12', ...PEOPLE);
  await post.tellTurn('2027-01', ...PEOPLE.filter((_, index) => index % 2 === 0));
  return post;
}

/** How a child ended: by itself or killed. @param kill is told when it is ready */
export async function runChild(
  post: Post,
  point: Point | null,
  kill?: (kill: () => void) => void,
): Promise<string> {
  const args = [
    post.services.db.file,
    post.smtp.url,
    String(post.clock.now),
    JSON.stringify(point),
  ];
  const child = spawn(process.execPath, [inRoot('tests', 'support', 'postmanChild.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.once('data', () => kill?.(() => child.kill('SIGKILL')));
  const [code, signal] = await once(child, 'exit');
  return String(signal ?? code);
}

const idOf = ({ mail }: Caught): string => mail.messageId?.slice(1).split('@')[0] ?? '';
const accepted = (post: Post): string[] =>
  post.rows<{ id: string }>("SELECT id FROM dispatch WHERE state = 'accepted'").map(({ id }) => id);

/**
 * A postman that is killed, and those after it, until all is sent.
 * @returns how the first one ended
 */
export async function killedRound(
  point: Point | null,
  kill?: (post: Post, kill: () => void) => void,
): Promise<string> {
  const post = await toldPost();
  try {
    const first = await runChild(post, point, kill && ((end) => kill(post, end)));
    const known = new Set(accepted(post));
    const before = post.smtp.letters.length;
    // What had begun is tried again after its pause, and by a process that is not killed.
    post.later(2 * 60_000);
    expect(await runChild(post, null)).toBe('0');
    expectEachOnce(post);
    // What was recorded as accepted is not sent again.
    for (const letter of post.smtp.letters.slice(before)) expect(known).not.toContain(idOf(letter));
    return first;
  } finally {
    await post.close();
  }
}

/** At most the one mail that was on its way came twice, under the same name. */
function expectEachOnce(post: Post): void {
  const { letters } = post.smtp;
  const texts = new Map(letters.map((letter) => [letter.to[0], letter.mail.text ?? '']));
  PEOPLE.forEach((login, index) => {
    const text = texts.get(emailOf(login)) ?? '';
    const told = ['2026年12月', '2027年1月'].filter((month) => text.includes(month));
    expect([login, ...told]).toEqual([login, '2026年12月', ...(index % 2 ? [] : ['2027年1月'])]);
  });
  const ids = letters.map(idOf);
  expect(new Set(ids).size).toBe(PEOPLE.length);
  expect(ids.length - PEOPLE.length).toBeLessThanOrEqual(1);
  expect(accepted(post).sort()).toEqual([...new Set(ids)].sort());
  expect(post.rows('SELECT 1 FROM delivery WHERE dispatch_id IS NULL')).toEqual([]);
  expect(post.services.db.sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
}

/** Killed from outside, after that many commands of mails: three each. */
export const killedAfter = (commands: number, delayMs: number): Promise<string> =>
  killedRound(null, (post, kill) => {
    let heard = 0;
    post.smtp.behave = () => {
      heard += 1;
      if (heard === commands) setTimeout(kill, delayMs);
      return 'accept';
    };
  });
