import type { Page } from '@playwright/test';
import { TOTP } from 'otpauth';
import { expect, test } from '../support/browser.ts';
import { signIn } from '../support/rooms.ts';

const PHONE = { width: 390, height: 844 };
/** Of 39 random bits: each story has people of its own in the one database. */
const unique = (): string =>
  Math.floor(Math.random() * 1e8)
    .toString()
    .padStart(8, '0');

async function addTrainer(page: Page, name: string, phone: string): Promise<string> {
  await signIn(page, 'minzheng');
  await page.goto('/salon/members/');
  const form = page.getByRole('region', { name: '加入一位' });
  await form.getByLabel('姓名').fill(name);
  await form.getByLabel('手机号').fill(phone);
  await form.getByRole('button', { name: '加入并发邀请' }).click();
  const slip = page.getByRole('group', { name: `${name}：加入圆桌` });
  await expect(slip.getByRole('img', { name: `${name}的二维码` })).toBeVisible();
  return (await slip.locator('.secret-link').innerText()).trim();
}

test.describe('一位培训师从受邀到日常使用', () => {
  test.use({ expected: [/status of 4(?:01|10|22)/] });

  test('在手机上接受邀请、开启两步验证、用它登录、下载数据、注销', async ({ browser, page }) => {
    test.setTimeout(60_000);
    const phone = `139${unique()}`;
    const link = await addTrainer(page, '沈一鸣', phone);

    const own = await browser.newContext({ viewport: PHONE });
    const mine = await own.newPage();
    await mine.goto(link);
    await expect(mine.getByText('沈一鸣，您好')).toBeVisible();
    expect(new URL(mine.url()).hash, '邀请码不留在地址里').toBe('');
    await mine.getByLabel('新密码').fill('12345678');
    await mine.getByRole('button', { name: '设好密码' }).click();
    await expect(mine.getByRole('alert')).toContainText('密码太容易猜');
    const password = '紫藤架下三只猫听雨';
    await mine.getByLabel('新密码').fill(password);
    await mine.getByRole('button', { name: '设好密码' }).click();
    await expect(mine.getByRole('heading', { name: '沈一鸣' })).toBeVisible();

    const second = mine.getByRole('region', { name: '两步验证' });
    await second.getByLabel('现在的密码').fill(password);
    await second.getByRole('button', { name: '开始设置' }).click();
    const secret = (await second.locator('.secret').innerText()).replace(/\s/g, '');
    const totp = new TOTP({ secret });
    await second.getByLabel('验证码').fill(totp.generate());
    await second.getByRole('button', { name: '开启两步验证' }).click();
    await expect(second.getByText('请抄下这些恢复码')).toBeVisible();
    const recovery = await second.locator('.codes code').first().innerText();

    await mine.getByRole('button', { name: '退出登录' }).click();
    await expect(mine.getByRole('link', { name: '登录' })).toBeVisible();
    await mine.getByRole('link', { name: '登录' }).click();
    await mine.getByLabel('手机号或用户名').fill(`+86 ${phone}`);
    await mine.getByLabel('密码', { exact: true }).fill(password);
    await mine.getByRole('button', { name: '登录', exact: true }).click();
    await mine.getByLabel('验证码').fill(recovery);
    await mine.getByRole('button', { name: '登录', exact: true }).click();
    await expect(mine.getByRole('heading', { name: '现在要办的' })).toBeVisible();
    await mine.getByRole('link', { name: '我的', exact: true }).click();
    await expect(mine.getByText('还有 9 个没用过的恢复码')).toBeVisible();

    const download = mine.waitForEvent('download');
    await mine.getByRole('link', { name: '下载我的数据' }).click();
    expect((await download).suggestedFilename()).toBe('yuanzhuo-my-data.json');

    const data = mine.getByRole('region', { name: '我的数据' });
    await data.getByText('注销账号').click();
    await data.getByLabel('现在的密码').fill(password);
    await data.getByRole('button', { name: '注销我的账号' }).click();
    await expect(mine).toHaveURL('/');
    await page.goto('/salon/members/');
    await expect(page.getByRole('heading', { name: /^社区书记（/ })).toBeVisible();
    await expect(page.getByText('沈一鸣')).toHaveCount(0);

    await mine.goto(link);
    await expect(mine.getByRole('alert')).toContainText('已失效');
    await own.close();
  });

  test('输错密码时填的还在，页面说出该怎么办', async ({ page }) => {
    await page.goto('/signin/');
    await page.getByLabel('手机号或用户名').fill(`nobody${unique()}`);
    await page.getByLabel('密码', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('账号或密码不对');
    await expect(page.getByLabel('手机号或用户名')).toHaveValue(/nobody/);
  });
});

test.describe('演示', () => {
  test.use({ expected: [/ERR_INTERNET_DISCONNECTED/] });

  test('点一下就登录，网断了会说', async ({ page, context }) => {
    await page.goto('/signin/?next=/salon/seats/');
    await page.getByRole('button', { name: '渭运社区书记' }).click();
    await expect(page).toHaveURL('/salon/seats/');
    await expect(page.getByText('历任书记').first()).toBeVisible();
    await context.setOffline(true);
    await page.getByText('历任书记').first().click();
    await expect(page.getByRole('alert')).toContainText('没能连上');
    await context.setOffline(false);
    await page.getByRole('button', { name: '再试一次' }).click();
    await expect(page.getByText('，现任')).toBeVisible();
  });
});

test.describe('主办单位', () => {
  test.use({ expected: [/status of 4(?:09|22)/] });

  test('增设席位，办理换届，历任都在', async ({ page }) => {
    const community = `新设社区${unique()}`;
    await signIn(page, 'minzheng');
    await page.goto('/salon/seats/');
    await page.getByLabel('社区名称').fill(community);
    await page.getByRole('button', { name: '增设席位' }).click();
    const row = page.getByRole('listitem').filter({ hasText: community });
    await row.getByText('历任书记与换届').click();
    const takers = [
      ['前任甲', ''],
      ['后任乙', '由前任甲'],
    ] as const;
    for (const [name, from] of takers) {
      await row.getByLabel('新任书记姓名').fill(name);
      await row.getByLabel('手机号').fill(`137${unique()}`);
      await row.getByRole('button', { name: '办理交接' }).click();
      const question = row.getByRole('group', { name: `把${community}的席位${from}交给${name}？` });
      await question.getByRole('button', { name: '确定' }).click();
      await expect(row.getByText(new RegExp(`${name}：.*现任`))).toBeVisible();
    }
    await expect(row.getByText(/前任甲：.*至/)).toBeVisible();
    await row.getByRole('button', { name: '撤销席位' }).click();
    await row.getByRole('button', { name: '确定' }).click();
    await page.getByText('已撤销或尚未加入的席位').click();
    await expect(row.getByText(/撤销$/)).toBeVisible();
  });

  test('先核对名单，改好再写入，得到邀请', async ({ page }) => {
    await signIn(page, 'minzheng');
    await page.goto('/salon/members/');
    const phone = `136${unique()}`;
    const upload = (text: string) =>
      page.getByLabel('名单文件').setInputFiles({
        name: '名单.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(text),
      });
    await upload(`姓名,身份,社区,手机号\n丁学员,学员,,${phone}\n戊某,干部,,13800000001`);
    await expect(page.getByText('1 行有误')).toBeVisible();
    await expect(page.getByRole('row', { name: /戊某/ })).toContainText('身份须是');
    await expect(page.getByRole('button', { name: /确认写入/ })).toHaveCount(0);
    await upload(`姓名,身份,社区,手机号\n丁学员,学员,,${phone}`);
    await page.getByRole('button', { name: '确认写入 1 人' }).click();
    await expect(page.getByRole('group', { name: '丁学员：加入圆桌' })).toBeVisible();
  });

  test('修改章程，出处随之改变，记录里有据可查', async ({ page }) => {
    await signIn(page, 'minzheng');
    await page.goto('/salon/rules/');
    const votes = page.getByLabel('每席每轮的票数（票）');
    await votes.fill('0');
    await page.getByRole('button', { name: '保存修改' }).click();
    await expect(page.getByText('每席每轮的票数须是 1 到 10 的整数')).toBeVisible();
    await votes.fill('4');
    await page.getByRole('button', { name: '保存修改' }).click();
    const clause = page.getByRole('listitem').filter({ hasText: '每个席位每轮有 4 票' });
    await expect(clause).toContainText('本沙龙决定');
    await page.goto('/salon/audit/');
    await expect(page.getByText('每席每轮的票数：3 → 4').first()).toBeVisible();
    await page.goto('/salon/rules/');
    await votes.fill('3');
    await page.getByRole('button', { name: '保存修改' }).click();
    await expect(page.getByText('已保存')).toBeVisible();
  });
});
