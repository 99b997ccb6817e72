import { expect, test } from '../support/browser.ts';
import { signIn } from '../support/rooms.ts';
import { SCRIPTED, scriptMinutes } from '../support/scriptedMinutes.ts';

test.use({ expected: [/status of 409|ERR_INTERNET_DISCONNECTED/] });

test('写到哪里存到哪里，断网也不丢，缺的说得出，公布前先说清', async ({ page }) => {
  await signIn(page, 'minzheng');
  const server = await scriptMinutes(page);
  await page.goto(SCRIPTED);
  const saved = page.getByRole('status').filter({ hasText: '已保存' });
  await page.getByLabel('姓名').fill('周记录');
  await expect(saved).toBeVisible();
  expect(server.text()).toContain('周记录');

  await page.getByRole('button', { name: '加一项待办' }).click();
  const fresh = page.getByRole('group', { name: '待办 3' });
  await expect(fresh.getByLabel('事项')).toBeFocused();
  await fresh.getByLabel('事项').fill('回访认领情况');
  await expect(page.getByText('还差 1 处')).toBeVisible();
  await page.getByRole('link', { name: '第 3 项待办没有写完' }).click();
  await expect(fresh.getByLabel('责任单位')).toBeFocused();
  await fresh.getByLabel('责任单位').selectOption('渭运社区');
  await expect(page.getByText('还差 1 处')).toHaveCount(0);

  await fresh.getByRole('button', { name: '上移' }).press('Enter');
  const second = page.getByRole('group', { name: '待办 2' });
  await expect(second.getByLabel('事项')).toHaveValue('回访认领情况');
  await expect(second.getByRole('button', { name: '上移' })).toBeFocused();
  await second.getByRole('button', { name: '删去' }).click();
  await expect(page.getByText('已删去待办：回访认领情况')).toBeVisible();
  await page.getByRole('button', { name: '恢复' }).click();
  await expect(second.getByLabel('事项')).toHaveValue('回访认领情况');

  server.setOffline(true);
  await page.getByLabel('姓名').fill('吴记录');
  await expect(page.getByText('没有连上，写的都在这台设备里')).toBeVisible();
  server.setOffline(false);
  // As the browser says when it is on the network again.
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(saved).toBeVisible();
  expect(server.text()).toContain('吴记录');

  await page.getByRole('button', { name: '公布纪要' }).click();
  await expect(page.getByRole('group', { name: /公布后只能更正/ })).toBeVisible();
  await page.getByRole('button', { name: '再看看' }).click();
  await expect(page.getByRole('button', { name: '公布纪要' })).toBeVisible();
});

test('别人先存了，两份都看得到，自己选用哪一份', async ({ page }) => {
  await signIn(page, 'minzheng');
  const server = await scriptMinutes(page);
  await page.goto(SCRIPTED);
  const summary = page.getByLabel('时间、地点、主持、到会，谈了什么');
  await summary.fill('第一稿。');
  await expect(page.getByText(/已保存/)).toBeVisible();

  server.saveAsAnother({ summary: '别人的一稿。' });
  await summary.fill('我的二稿。');
  const stale = page.getByRole('region', { name: '别人刚改过这份纪要' });
  await expect(stale.getByText('我的二稿。')).toBeVisible();
  await expect(stale.getByText('别人的一稿。')).toBeVisible();
  await page.reload();
  await expect(stale.getByText('我的二稿。'), '关了再开也在').toBeVisible();
  expect(server.text()).toContain('别人的一稿。');
  await stale.getByRole('button', { name: '用我写的盖过去' }).click();
  await stale.getByRole('button', { name: '确定' }).click();
  await expect(stale).toHaveCount(0);
  await expect.poll(server.text).toContain('我的二稿。');

  server.saveAsAnother({ summary: '别人的三稿。' });
  await summary.fill('我的四稿。');
  await stale.getByRole('button', { name: '用别人存的' }).click();
  await stale.getByRole('button', { name: '确定' }).click();
  await expect(summary).toHaveValue('别人的三稿。');
  expect(server.text()).toContain('别人的三稿。');
});

test('发布到网页，看得到进度；没成的说明原因，可以再来', async ({ page }) => {
  const idle = { phase: 'idle', words: '', done: 0, total: 0, startedAt: null, finishedAt: null };
  const rendering = { ...idle, phase: 'rendering', words: '渲染 12/96 页', done: 12, total: 96 };
  const failed = { ...idle, outcome: 'failed', reason: '构建太久没有完成，已停下，原有网页未动。' };
  const built = { ...idle, outcome: 'built', reason: '' };
  const going = { ...rendering, outcome: null, reason: '' };
  let answers = [going, going, failed];
  let last = { ...idle, outcome: null as string | null, reason: '' };
  await page.route('**/site-build', (route) => {
    const asked = route.request().method() === 'POST' || last.phase !== 'idle';
    if (asked) last = answers.shift() ?? last;
    return route.fulfill({ json: last });
  });
  await signIn(page, 'minzheng');
  await page.goto('/salon/sessions/1/minutes/');
  const section = page.getByRole('region', { name: '网页' });
  await section.getByRole('button', { name: '发布到网页' }).click();
  await expect(section.getByText('正在更新网页：渲染 12/96 页')).toBeVisible();
  await expect(section.getByRole('progressbar', { name: '网页更新进度' })).toHaveJSProperty(
    'value',
    12,
  );
  await expect(section.getByText('网页没有更新。')).toBeVisible();
  await expect(section.getByText('原有网页未动')).toBeVisible();
  answers = [going, built];
  await section.getByRole('button', { name: '再发布一次' }).click();
  await expect(section.getByText('网页已更新')).toBeVisible();
  await expect(section.getByRole('link', { name: '看第 1 期的网页' })).toHaveAttribute(
    'href',
    '/sessions/fuping-demo/1/',
  );
});
