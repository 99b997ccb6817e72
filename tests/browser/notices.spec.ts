import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '../support/browser.ts';
import { signIn } from '../support/rooms.ts';

/** A group chat's robot that stands in this machine. */
async function startRobot() {
  const heard: { text: string; signed: boolean }[] = [];
  const answers: object[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      heard.push({ text: body, signed: request.url?.includes('&sign=') ?? false });
      response.end(JSON.stringify(answers.shift() ?? { errcode: 0, errmsg: 'ok' }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/robot/send?access_token=f0e1d2c3b4a59687`;
  return { url, heard, answers, stop: () => server.close() };
}

test.use({ expected: [/status of 422/] });

test('主办单位让通知发到群里，测试，看懂机器人的回答，再移除', async ({ page }) => {
  const robot = await startRobot();
  robot.answers.push({ errcode: 310000, errmsg: 'sign not match' });
  await signIn(page, 'minzheng');
  await page.goto('/salon/rules/');
  await page.getByRole('link', { name: '让通知发到群里' }).click();

  const form = page.getByRole('region', { name: '添加一个' });
  await form.getByLabel('种类').selectOption('钉钉');
  await expect(form.getByRole('list', { name: '怎样得到地址' })).toContainText('加签');
  const name = `书记群 ${Date.now()}`;
  await form.getByLabel('名称').fill(name);
  await form.getByRole('textbox', { name: '地址' }).fill('ftp://example.cn/');
  await form.getByLabel('加签密钥').fill('SEC0123456789abcdef');
  await form.getByRole('button', { name: '添加' }).click();
  await expect(form.getByText('地址须以 https:// 开头')).toBeVisible();
  await form.getByRole('textbox', { name: '地址' }).fill(robot.url);
  await form.getByRole('button', { name: '添加' }).click();
  await expect(form.getByText(`“${name}”已添加`)).toBeVisible();

  const row = page.getByRole('listitem', { name });
  await expect(row).toContainText('/…9687');
  await expect(page.getByText(robot.url)).toHaveCount(0);
  await row.getByRole('button', { name: '发一条测试' }).click();
  await expect(row).toContainText('请核对加签密钥');
  await row.getByRole('button', { name: '发一条测试' }).click();
  await expect(row.getByRole('status')).toHaveText('机器人收下了，请到群里看一眼。');
  await expect(row).not.toContainText('最近一次没有发成');
  expect(robot.heard).toHaveLength(2);
  expect(robot.heard[1]).toMatchObject({
    signed: true,
    text: expect.stringContaining('这是一条测试'),
  });

  await row.getByRole('button', { name: '移除' }).click();
  await row.getByRole('button', { name: '确定' }).click();
  await expect(row).toHaveCount(0);
  robot.stop();
});

test('一位培训师选好哪些发邮件，再来还是那样', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, 'peixun');
  await page.goto('/inbox/');
  await page.getByLabel('只看').selectOption('议题');
  await expect(page).toHaveURL(/group=/);
  await page.getByRole('link', { name: '通知设置' }).click();
  await expect(page.getByText('本站还没有设邮件服务器')).toBeVisible();
  await page.getByRole('radio', { name: '议题：汇总发' }).check();
  await page.getByRole('radio', { name: '会议：不发' }).check();
  await page.getByLabel('汇总什么时候发').selectOption('每周一早上 8:00');
  await page.getByLabel('从', { exact: true }).fill('22:00');
  await page.getByLabel('到', { exact: true }).fill('07:00');
  await page.getByRole('button', { name: '保存' }).click();
  await expect(page.getByText('已保存。')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('radio', { name: '议题：汇总发' })).toBeChecked();
  await expect(page.getByRole('radio', { name: '会议：不发' })).toBeChecked();
  await expect(page.getByRole('radio', { name: '轮值：随时发' })).toBeChecked();
  await expect(page.getByLabel('汇总什么时候发')).toHaveValue('weekly');
  await expect(page.getByLabel('从', { exact: true })).toHaveValue('22:00');
});
