import { expect, test } from '../support/browser.ts';
import { signIn } from '../support/rooms.ts';
import { pdf } from '../support/uploads.ts';

const PHONE = { width: 390, height: 844 };
const ITEM = /把“不再由社区开具的证明”列成清单/;

test.describe('一项待办从办理到办结', () => {
  test.use({ expected: [/status of 422/] });

  test('书记在手机上写情况、传佐证、办结，主办单位在已办结里看到，并可转回办理', async ({
    browser,
    page: host,
  }) => {
    const own = await browser.newContext({ viewport: PHONE });
    const mine = await own.newPage();
    await signIn(mine, 'weiyun');
    await mine.goto('/salon/actions/');
    await mine.getByRole('button', { name: '我的', exact: true }).click();
    await expect(mine.getByText('示例社区四')).toHaveCount(0);
    await mine.getByRole('link', { name: ITEM }).click();
    await expect(mine.getByRole('listitem').filter({ hasText: '办理中' }).first()).toHaveAttribute(
      'aria-current',
      'step',
    );

    const work = mine.getByRole('region', { name: '办理', exact: true });
    await work.getByLabel('办理情况').fill('写');
    await work.getByRole('button', { name: '写下办理情况' }).click();
    await expect(work.getByText('办理情况至少 2 个字')).toBeVisible();
    await work.getByLabel('办理情况').fill('派出所核对完毕，还差医院两种。');
    await mine.reload();
    await expect(work.getByLabel('办理情况'), '填的还在').toHaveValue(/医院两种/);
    await work.getByRole('button', { name: '写下办理情况' }).click();
    const history = mine.getByRole('region', { name: '办理记录' });
    await expect(history.getByRole('listitem').first()).toContainText('医院两种');
    await expect(work.getByLabel('办理情况')).toHaveValue('');

    const name = '证明清单.pdf';
    const file = { name, mimeType: 'application/pdf', buffer: Buffer.from(pdf()) };
    const evidence = mine.getByRole('region', { name: '办理佐证' });
    await evidence.getByLabel('上传佐证').setInputFiles(file);
    await expect(evidence.getByText('文件已传好')).toBeVisible();
    const download = mine.waitForEvent('download');
    await evidence.getByRole('link', { name }).click();
    expect((await download).suggestedFilename()).toBe(name);
    const wrong = { name: '假的.pdf', mimeType: 'application/pdf', buffer: Buffer.from('文字') };
    await evidence.getByLabel('上传佐证').setInputFiles(wrong);
    await expect(evidence.getByRole('alert')).toContainText('不接受这种文件');

    await work.getByLabel('已经办结').check();
    await work.getByLabel('办结反馈').fill('清单十三种，已贴在便民窗口。');
    await work.getByRole('button', { name: '办结' }).click();
    await expect(mine.getByRole('region', { name: '办结反馈' })).toContainText('清单十三种');
    await expect(work).toHaveCount(0);

    await signIn(host, 'minzheng');
    await host.goto('/salon/actions/');
    await host.getByRole('button', { name: /已办结/ }).click();
    const done = host.getByRole('listitem').filter({ hasText: ITEM });
    await expect(done).toContainText('清单十三种，已贴在便民窗口。');
    await done.getByRole('link', { name: ITEM }).click();
    await host.getByText('重新办理').click();
    await host.getByLabel('为什么要重新办理').fill('还有一种要和法院核对。');
    await host.getByRole('button', { name: '转回办理中' }).click();
    await expect(host.getByText('已转回办理中，责任单位会收到消息。')).toBeVisible();
    await expect(work.getByLabel('办理情况'), '书记的页面自己更新').toBeVisible();
    await own.close();
  });
});

test('逾期的用文字说出来；筛选记在地址里', async ({ page }) => {
  await signIn(page, 'jingyi');
  await page.goto('/salon/actions/');
  const late = page.getByRole('listitem').filter({ hasText: '汇总各社区“小矛盾”台账' });
  await expect(late).toContainText(/逾期 \d+ 天/);
  await page.getByRole('button', { name: /逾期/ }).click();
  await expect(page).toHaveURL(/view=overdue/);
  await expect(page.getByRole('link', { name: /会商证明清单/ })).toHaveCount(0);
  await page.reload();
  await expect(late).toBeVisible();
  await page.getByRole('button', { name: '按单位' }).click();
  await page.getByLabel('单位', { exact: true }).selectOption('示例社区四');
  await expect(page).toHaveURL(/unit=/);
  await expect(late).toBeVisible();
});

test('公布了的纪要读得到、下载得到，从待办能回到会议和议题', async ({ page }) => {
  await signIn(page, 'weiyun');
  await page.goto('/salon/sessions/3/minutes/');
  await expect(
    page.getByRole('heading', { name: '关于“如何破解社区万能章”的沙龙纪要' }),
  ).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: '下载 Word（公文格式）' }).click();
  expect((await download).suggestedFilename()).toContain('第3期纪要.docx');
  await page.getByRole('link', { name: /会商证明清单/ }).click();
  await expect(page.getByRole('heading', { name: /会商证明清单/ })).toBeVisible();
  await expect(page.getByRole('link', { name: '第 3 期沙龙' })).toBeVisible();
  await expect(page.getByRole('link', { name: '如何破解社区万能章' })).toBeVisible();
  await expect(page.getByLabel('上传佐证'), '不是自己的，只看').toHaveCount(0);
});
