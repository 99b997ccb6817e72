import type { Page } from '@playwright/test';
import { DEMO_PASSWORD } from '../../db/demo/fuping.ts';
import { expect, test } from '../support/browser.ts';
import { expectNoComplaint, type ForumStory, startForum } from '../support/forumStory.ts';
import { CASE } from '../support/rooms.ts';
import { openDialog } from '../support/searching.ts';
import type { Caught } from '../support/smtp.ts';

const PHONE = { width: 390, height: 844 };
const EMAIL = 'weiyun@example.cn';
const TITLE = '微网格长的通讯费从哪里出';
const QUESTION = '我们有十二个微网格，社区账上没有这笔钱。';
// 龘 and 鱻 stand nowhere else.
const ANSWER = '从**党群经费**里列，按龘次数结算。';
const OFFENCE = '连这个都不会，别当书记了，鱻。';
const REASON = '有辱骂或人身攻击的话。';

const post = (page: Page, n: number) => page.locator(`[id="${n}"]`);
const talkOf = (page: Page) => page.getByRole('region', { name: '讨论', exact: true });

async function giveEmail(page: Page): Promise<void> {
  await page.goto('/account/');
  const profile = page.getByRole('region', { name: '资料与登录方式' });
  await profile.getByLabel('邮箱').fill(EMAIL);
  await profile.getByLabel('现在的密码').fill(DEMO_PASSWORD);
  await profile.getByRole('button', { name: '保存资料' }).click();
  await expect(profile.getByRole('status')).toHaveText('已保存。');
}

/** @returns the thread's path */
async function ask(page: Page): Promise<string> {
  await page.goto(CASE);
  await page.getByRole('heading', { name: '讨论', exact: true }).scrollIntoViewIfNeeded();
  const begin = talkOf(page).getByRole('link', { name: '在这里提问' });
  await expect(begin).toBeVisible();
  await expectNoComplaint(page, '案例页');
  await begin.click();
  await expect(page.getByRole('group', { name: '关于什么' })).toContainText('微网实格');
  await page.getByLabel('标题').fill(TITLE);
  await page.getByLabel('遇到了什么').fill(QUESTION);
  await expectNoComplaint(page, '提问');
  await page.getByRole('button', { name: '发出求助' }).click();
  await expect(post(page, 1)).toContainText(QUESTION);
  return new URL(page.url()).pathname;
}

async function answer(page: Page, thread: string, text: string, n: number): Promise<void> {
  await page.goto(thread);
  await page.getByRole('button', { name: '写回复', exact: true }).click();
  await page.getByLabel('回复', { exact: true }).fill(text);
  if (n === 2) await expectNoComplaint(page, '写回复');
  await page.getByRole('button', { name: '发出回复' }).click();
  await expect(post(page, n)).toBeVisible();
}

/** How many notices the header says are unread. */
async function unread(page: Page): Promise<number> {
  const words = await page.locator('a[data-notices]').textContent();
  return Number(/\d+/.exec(words ?? '')?.[0] ?? 0);
}

/** As a mail program does for whoever presses 退订 in it. */
async function oneClick({ mail }: Caught): Promise<void> {
  const list = mail.headers.get('list') as { unsubscribe?: { url?: string } } | undefined;
  const response = await fetch(list?.unsubscribe?.url ?? '', {
    method: 'POST',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  });
  expect(response.status).toBe(200);
}

const linkIn = ({ mail }: Caught, words: string): string =>
  new RegExp(`<a href="([^"]+)">${words}</a>`).exec(mail.html || '')?.[1] ?? '';

async function readMail(story: ForumStory, page: Page): Promise<void> {
  await expect.poll(() => story.letters.length, { timeout: 15_000 }).toBe(1);
  const [letter] = story.letters;
  if (!letter) throw new Error('No mail came');
  const said = `景翼社区回复了您：${TITLE}`;
  expect([letter.to, letter.mail.subject]).toEqual([[EMAIL], `圆桌：${said}`]);
  expect(letter.raw, 'the text of a post is never mailed').not.toContain('党群经费');
  expect(letter.mail.text).not.toContain('党群经费');
  await page.goto(linkIn(letter, said));
  await expect(post(page, 2)).toBeInViewport();
  await expect(post(page, 2)).toContainText('党群经费');

  await oneClick(letter);
  const choices = await story.as('weiyun', PHONE);
  await choices.goto('/account/notices/');
  await expect(choices.getByText('停止了全部邮件')).toBeVisible();
  await expectNoComplaint(choices, '通知设置');
  const stranger = await story.as();
  await stranger.goto(linkIn(letter, '不再收邮件'));
  const status = stranger.locator('main').getByRole('status');
  await stranger.getByRole('button', { name: '停止全部邮件' }).click();
  await expect(status).toContainText('已停止');
  await expectNoComplaint(stranger, '停止邮件');
  await stranger.getByRole('button', { name: '撤回，继续收邮件' }).click();
  await expect(status).toContainText('已撤回');
  await choices.reload();
  await expect(choices.getByRole('radio').first()).toBeVisible();
  await expect(choices.getByText('停止了全部邮件')).toHaveCount(0);
}

async function accept(page: Page): Promise<void> {
  await post(page, 2).getByRole('button', { name: '采纳', exact: true }).click();
  await expect(page.getByRole('region', { name: '采纳的办法' })).toContainText('党群经费');
  await expectNoComplaint(page, '讨论');
}

async function report(page: Page, thread: string): Promise<void> {
  await page.goto(thread);
  await post(page, 3).getByLabel('第 3 楼：更多').click();
  await post(page, 3).getByLabel('举报第 3 楼').click();
  await post(page, 3).getByLabel('哪里不妥').fill('贬损同事');
  await post(page, 3).getByRole('button', { name: '交给主持人' }).click();
  await expect(post(page, 3).getByText('已告诉主持人')).toBeVisible();
}

async function hide(page: Page): Promise<void> {
  await page.goto('/inbox/');
  await page.getByRole('link', { name: `有人举报了“${TITLE}”里的一条` }).click();
  const card = page.getByRole('listitem', { name: TITLE });
  await expect(card).toContainText('鱻');
  await expectNoComplaint(page, '举报');
  await card.getByRole('button', { name: '隐去', exact: true }).click();
  await card.getByRole('button', { name: REASON }).click();
  await card.getByRole('button', { name: '确认隐去' }).click();
  await expect(card).toHaveCount(0);
}

/** Whatever a stranger sees: the answer, where the offence was and why, and nobody's name. */
async function visit(page: Page, thread: string): Promise<void> {
  await page.goto(CASE);
  await page.getByRole('heading', { name: '讨论', exact: true }).scrollIntoViewIfNeeded();
  const found = talkOf(page).getByRole('listitem').filter({ hasText: TITLE });
  await expect(found.first()).toContainText('景翼社区的办法');
  await expect(found.first()).toContainText('党群经费');
  await found.first().getByRole('link').click();
  await expect(page).toHaveURL(new RegExp(`${thread}#2$`));
  await expect(post(page, 3)).toContainText(/主持人.*隐去了这一楼/);
  await expect(post(page, 3)).toContainText(`理由：${REASON}`);
  await expect(post(page, 3)).not.toContainText('鱻');
  await expect(page.locator('main')).not.toContainText('演示·');
  await expectNoComplaint(page, '没有登录看讨论');

  const search = await openDialog(page);
  const talk = search.box.getByRole('region', { name: '讨论' });
  await search.field.fill('鱻');
  await expect(talk).toContainText('没有讨论写到。');
  await search.field.fill('龘');
  await expect(talk.getByRole('link')).toHaveAttribute('href', `${thread}#2`);
  await expect(talk.locator('mark')).toHaveText('龘');
  await expectNoComplaint(page, '搜索');
}

async function tell(story: ForumStory): Promise<void> {
  const asker = await story.as('weiyun', PHONE);
  await giveEmail(asker);
  const thread = await ask(asker);
  const { unread: before } = await (await asker.request.get('/api/me/notices/unread')).json();
  await expect.poll(() => unread(asker)).toBe(before);

  await answer(await story.as('jingyi'), thread, ANSWER, 2);
  await expect.poll(() => unread(asker), 'without asking for the page anew').toBe(before + 1);
  await expect(asker.getByRole('button', { name: '有 1 条新回复 · 显示' })).toBeVisible();
  await answer(await story.as('shantuo', PHONE), thread, OFFENCE, 3);
  await readMail(story, asker);
  await accept(asker);

  await report(await story.as('shequ4', PHONE), thread);
  await hide(await story.as('minzheng'));
  await visit(await story.as(), thread);
  expect(story.problems(), 'problems that the pages reported').toEqual([]);
}

test('一个求助的始末：案例页下提问，邮件送到，采纳，举报后隐去，一个字搜得到', async ({
  browser,
}) => {
  test.setTimeout(90_000);
  const story = await startForum(browser);
  try {
    await tell(story);
  } finally {
    await story.end();
  }
});
