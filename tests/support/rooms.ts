import { expect, type Locator, type Page } from '@playwright/test';
import { DEMO_PASSWORD, DEMO_SALON } from '../../db/demo/fuping.ts';
import { BOOTH, SESSION, scriptBallot, takeAndEnter } from './scriptedBallot.ts';
import { scriptCommittee, scriptResult, scriptReview } from './scriptedCommittee.ts';
import { FORUM_PAGE, NEW_PAGE, scriptForum, THREAD_PAGE } from './scriptedForum.ts';
import {
  FULL,
  HITS,
  LATER_HITS,
  REPORTS_PATH,
  scriptAbout,
  scriptReports,
  scriptTalk,
} from './scriptedForumAbout.ts';
import { SCRIPTED, scriptMinutes } from './scriptedMinutes.ts';

/** A kind of page, in one of the states a reader meets it in. */
export interface Room {
  readonly name: string;
  /** Goes there and waits until everything that a script adds is drawn. */
  open(page: Page): Promise<void>;
  /** Without the header's navigation and the footer: nothing there may ask who one is. */
  readonly apart?: boolean;
  /** What opening it makes the browser log. */
  readonly expected?: RegExp[];
}

export const NOT_FOUND = /status of 404/;
export const CASE = '/cases/weiwang-shige/';
export const OTHER_CASE = '/cases/dongcheng-jingzhun/';
export const TRUNCATED_CASE = '/cases/wuqing-liandong/';
export const WITHHELD_CASE = '/cases/xingfu-jue/';
export const METHOD = '/methods/sanjian-yiguan/';
export const NAME_ONLY_METHOD = '/methods/chaoxi-chewei/';
export const THEME = '/themes/wangge/';
export const PROBLEM = '/problems/wangge-tai-da/';
export const FOUR = ['weiwang-shige', 'dongcheng-jingzhun', 'wuqing-liandong', 'xingfu-jue'];

const at = (name: string, path: string, drawn?: (page: Page) => Locator): Room => ({
  name,
  async open(page) {
    await page.goto(path);
    if (drawn) await expect(drawn(page).first()).toBeVisible();
  },
});

const comparing = (name: string, ids: readonly string[]): Room => ({
  name,
  async open(page) {
    await page.goto(`/compare/?cases=${ids.join(',')}`);
    await expect(page.getByRole('columnheader')).toHaveCount(ids.length);
  },
});

const searching = (name: string, query: string, drawn: (page: Page) => Locator): Room => ({
  name,
  async open(page) {
    await page.goto('/search/');
    await page.getByRole('search').getByRole('combobox').first().fill(query);
    await expect(drawn(page).first()).toBeVisible();
  },
});

/** Signs someone of the demo in, without the page: the story is another one. */
export async function signIn(page: Page, login: string): Promise<void> {
  const response = await page.request.post('/api/sign-in', {
    headers: { 'sec-fetch-site': 'same-origin' },
    data: { login, password: DEMO_PASSWORD },
  });
  expect(response.status(), await response.text()).toBe(200);
}

const signedIn = (
  name: string,
  login: string,
  path: string,
  drawn: (page: Page) => Locator | Promise<Locator>,
): Room => ({
  name,
  async open(page) {
    await signIn(page, login);
    await page.goto(path);
    await expect((await drawn(page)).first()).toBeVisible();
  },
});

/** What the demo salon's API tells whoever is signed in. */
async function told<T>(page: Page, path: string): Promise<T> {
  const response = await page.request.get(`/api/salons/${DEMO_SALON.slug}${path}`);
  expect(response.status(), await response.text()).toBe(200);
  return response.json();
}

/** A page whose address only the server knows. */
const lookedUp = (
  name: string,
  login: string,
  find: (page: Page) => Promise<string>,
  drawn: (page: Page) => Locator,
): Room => ({
  name,
  async open(page) {
    await signIn(page, login);
    await page.goto(await find(page));
    await expect(drawn(page).first()).toBeVisible();
  },
});

/** The committee, or a ballot, in a state that the demo does not stand in. */
const scripted = (
  name: string,
  login: string | undefined,
  script: (page: Page) => Promise<string>,
  drawn: (page: Page) => Locator,
): Room => ({
  name,
  async open(page) {
    if (login) await signIn(page, login);
    await page.goto(await script(page));
    await expect(drawn(page).first()).toBeVisible();
  },
});

const roundBeside = async (page: Page, which: 'previous' | 'next'): Promise<string> => {
  const now = await told<{ previous: string; next: string }>(page, '/rounds/now');
  return `/salon/topics/?month=${now[which]}`;
};

async function closedTopic(page: Page): Promise<string> {
  const { topics } = await told<{ topics: { id: string; title: string }[] }>(
    page,
    '/topics?stage=chosen&limit=100',
  );
  const found = topics.find(({ title }) => title === '如何破解社区万能章');
  return `/salon/topics/${found?.id}/`;
}

/** Of a guest whom the demo's host invites to the fifth session; signs the host in and out. */
async function guestLink(page: Page): Promise<string> {
  await signIn(page, 'minzheng');
  const answer = await page.request.post('/api/salons/fuping-demo/sessions/5/guests', {
    headers: { 'sec-fetch-site': 'same-origin' },
    data: { unit: '县卫生健康局（演示）', name: '何嘉宾' },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  await page.context().clearCookies();
  return (await answer.json()).link;
}

/** A page of a ballot that is answered in the server's place. */
const balloting = (
  name: string,
  login: string,
  options: Parameters<typeof scriptBallot>[1],
  show: (page: Page, box: Awaited<ReturnType<typeof scriptBallot>>) => Promise<Locator>,
): Room => ({
  name,
  apart: name.startsWith('投票间'),
  async open(page) {
    await signIn(page, login);
    const box = await scriptBallot(page, options);
    await expect((await show(page, box)).first()).toBeVisible();
  },
});

/** The forum in its fullest state, answered in the server's place. */
const talking = (name: string, path: string, show: (page: Page) => Promise<Locator>): Room => ({
  name,
  async open(page) {
    await signIn(page, 'weiyun');
    await scriptForum(page, { mine: { mayModerate: true } });
    await page.goto(path);
    await expect((await show(page)).first()).toBeVisible();
  },
});

export const rooms: readonly Room[] = [
  at('首页', '/'),
  at('案例列表', '/cases/', (page) => page.getByText('筛选')),
  at('案例', CASE),
  at('残缺的案例', TRUNCATED_CASE),
  at('隐去地名和数字的案例', WITHHELD_CASE),
  at('方法列表', '/methods/'),
  at('方法', METHOD),
  at('仅有名称的方法', NAME_ONLY_METHOD),
  at('主题列表', '/themes/'),
  at('主题', THEME),
  at('问题列表', '/problems/'),
  at('问题', PROBLEM),
  at('选了小区类型的问题', `${PROBLEM}?settlement=老旧小区`, (page) =>
    page.getByText(/^(老旧小区：|还没有写明适用于老旧小区)/),
  ),
  at('还没有选的比较', '/compare/', (page) => page.getByText('还没有选案例')),
  comparing('两个案例的比较', FOUR.slice(0, 2)),
  comparing('四个案例的比较', FOUR),
  at('往期沙龙', '/sessions/'),
  at('来源', '/sources/'),
  at('没有输入的搜索', '/search/', (page) => page.getByRole('search').getByRole('combobox')),
  searching('有结果的搜索', '网格', (page) => page.getByRole('option')),
  searching('没有结果的搜索', '威网实格', (page) => page.getByText('您要找的是不是')),
  {
    name: '搜索对话框',
    async open(page) {
      await page.goto(CASE);
      await page.keyboard.press('/');
      const dialog = page.getByRole('dialog', { name: '搜索' });
      await dialog.getByRole('combobox').first().fill('网格');
      await expect(dialog.getByRole('option').first()).toBeVisible();
    },
  },
  { ...at('没有这一页', '/no-such-page/', searchBox), expected: [NOT_FOUND] },
  at('登录', '/signin/', (page) => page.getByRole('button', { name: '渭运社区书记' })),
  at('设密码', '/join/', (page) => page.getByRole('button', { name: '下一步' })),
  at('沙龙', `/salon/?salon=${DEMO_SALON.slug}`, (page) =>
    page.getByRole('link', { name: '看席位与轮值' }),
  ),
  at('章程', '/salon/rules/', (page) => page.getByText('轮值主席提前 3 个月公布')),
  at('席位', '/salon/seats/', (page) => page.getByText('2. 渭运社区')),
  signedIn('书记的沙龙首页', 'weiyun', '/salon/', (page) =>
    page.getByRole('heading', { name: '下一次会议' }),
  ),
  signedIn('主办单位的沙龙首页', 'minzheng', '/salon/', (page) =>
    page.getByRole('heading', { name: '下一次会议' }),
  ),
  signedIn('书记看席位', 'weiyun', '/salon/seats/', (page) =>
    page.getByRole('button', { name: '生成我的订阅地址' }),
  ),
  signedIn('通知', 'weiyun', '/inbox/', (page) => page.getByText('第 3 期的纪要已公布')),
  signedIn('我的账号', 'weiyun', '/account/', (page) =>
    page.getByRole('heading', { name: '登录的设备' }),
  ),
  signedIn('投票', 'shequ19', '/salon/topics/', (page) =>
    page.getByRole('button', { name: '投票', exact: true }),
  ),
  lookedUp(
    '征集议题',
    'shequ19',
    (page) => roundBeside(page, 'next'),
    (page) => page.getByRole('button', { name: '附议', exact: true }),
  ),
  lookedUp(
    '选题结果',
    'minzheng',
    (page) => roundBeside(page, 'previous'),
    (page) => page.getByText('转入下一轮'),
  ),
  signedIn('写议题', 'shequ19', '/salon/topics/new/?case=fuping-weixiao', (page) =>
    page.getByRole('link', { name: '四支队伍办小事，书记们轮流主持沙龙议难题' }),
  ),
  lookedUp('一个议题', 'weiyun', closedTopic, (page) =>
    page.getByRole('heading', { name: '议定的事项' }),
  ),
  signedIn('全部议题', 'minzheng', '/salon/topics/all/', (page) => page.getByText('已失效')),
  signedIn('主办单位看席位', 'minzheng', '/salon/seats/', async (page) => {
    await page.getByText('历任书记与换届').first().click();
    return page.getByRole('button', { name: '办理交接' });
  }),
  signedIn('主办单位看章程', 'minzheng', '/salon/rules/', (page) =>
    page.getByRole('button', { name: '保存修改' }),
  ),
  signedIn('主办单位看成员', 'minzheng', '/salon/members/', (page) =>
    page.getByRole('heading', { name: '导入名单' }),
  ),
  signedIn('各期会议', 'shequ6', '/salon/sessions/', (page) =>
    page.getByRole('heading', { name: '往期' }),
  ),
  signedIn('主办单位安排一期', 'minzheng', '/salon/sessions/', async (page) => {
    await page.getByText('安排一期').click();
    return page.getByRole('button', { name: '安排这一期' });
  }),
  signedIn('书记看正在开的一期', 'shequ7', '/salon/sessions/4/', (page) =>
    page.getByLabel('屏幕上的 6 位签到码'),
  ),
  signedIn('轮值主席看正在开的一期', 'weiyun', '/salon/sessions/4/', async (page) => {
    await page.getByText('代签：手机签不了的').click();
    await page.getByText('邀请嘉宾', { exact: true }).click();
    await expect(page.getByLabel('请谁')).toBeVisible();
    return page.getByText('楼栋长队伍');
  }),
  signedIn('主办单位排议程', 'minzheng', '/salon/sessions/5/', async (page) => {
    await page.getByRole('button', { name: /排议程|修改议程/ }).click();
    return page.getByRole('button', { name: '保存议程' });
  }),
  signedIn('已结束的一期', 'shequ6', '/salon/sessions/3/', (page) =>
    page.getByRole('link', { name: '看纪要' }),
  ),
  signedIn('扫码签到', 'shequ8', '/salon/check-in/?salon=fuping-demo&n=4&code=123456', (page) =>
    page.getByText('已签到'),
  ),
  signedIn('扫码后确认', 'shequ7', '/salon/check-in/?salon=fuping-demo&n=4&code=123456', (page) =>
    page.getByRole('button', { name: '确认签到' }),
  ),
  at('没登录就扫码签到', '/salon/check-in/?salon=fuping-demo&n=4&code=123456', (page) =>
    page.getByRole('link', { name: '登录后签到' }),
  ),
  at('嘉宾没有链接', '/salon/visit/', (page) => page.getByText('请打开邀请链接')),
  {
    name: '嘉宾凭链接来看',
    async open(page) {
      await page.goto(await guestLink(page));
      await expect(page.getByRole('button', { name: '参加', exact: true })).toBeVisible();
    },
  },
  signedIn('操作记录', 'minzheng', '/salon/audit/', (page) =>
    page.getByRole('main').getByRole('listitem'),
  ),
  signedIn('待办', 'weiyun', '/salon/actions/', (page) =>
    page.getByRole('link', { name: /与相关部门会商证明清单/ }),
  ),
  signedIn('已办结的待办', 'weiyun', '/salon/actions/?view=done', (page) =>
    page.getByText('已定稿，贴在小平台公示栏。'),
  ),
  {
    name: '主办单位办理一项待办',
    async open(page) {
      await signIn(page, 'minzheng');
      await page.goto('/salon/actions/?of=mine');
      await page.getByRole('link', { name: /与相关部门会商证明清单/ }).click();
      await expect(page.getByLabel('上传佐证')).toBeVisible();
    },
  },
  {
    name: '写纪要',
    async open(page) {
      await signIn(page, 'minzheng');
      await scriptMinutes(page);
      await page.goto(SCRIPTED);
      await page.getByRole('button', { name: '加一项待办' }).click();
      await expect(page.getByText('第 3 项待办没有写完')).toBeVisible();
    },
  },
  signedIn('公布了的纪要', 'minzheng', '/salon/sessions/2/minutes/', async (page) => {
    await page.getByText('写更正').click();
    return page.getByLabel('更正内容');
  }),
  balloting('领取选票', 'shequ8', {}, async (page) => {
    await page.goto(SESSION);
    await page.getByText('哪些是藏不住的').click();
    return page.getByRole('button', { name: '表决签到并领取选票' });
  }),
  balloting('主持表决', 'minzheng', { presides: true }, async (page) => {
    await page.goto(SESSION);
    await page.getByText('代为签到：手机签不了的').click();
    return page.getByText('还在等 3 席领票');
  }),
  balloting('投票间里没有票', 'shequ8', { state: 'casting' }, async (page) => {
    await page.goto(BOOTH);
    return page.getByText('这个浏览器里没有您的选票');
  }),
  balloting('投票间里的选票', 'shequ8', { kind: 'election' }, async (page, box) => {
    await takeAndEnter(page);
    await page.getByText('怎么做到的').click();
    box.startCasting();
    return page.getByRole('checkbox', { name: '弃权' });
  }),
  balloting('投票间里打分', 'shequ8', {}, async (page, box) => {
    await takeAndEnter(page);
    box.startCasting();
    await page.getByRole('radio', { name: '弃权' }).check();
    await page.getByRole('button', { name: '选好了' }).click();
    await page.getByRole('button', { name: '投出' }).click();
    return page.getByLabel('意见（最多 300 字）');
  }),
  at('选题委员会', `/salon/committee/?salon=${DEMO_SALON.slug}`, (page) =>
    page.getByRole('heading', { name: '每个月定了什么' }),
  ),
  scripted(
    '委员看动议',
    'weiyun',
    (page) => scriptCommittee(page, 'sitting'),
    (page) => page.getByRole('button', { name: '签署' }),
  ),
  scripted('委员定议题', 'shequ9', scriptReview, (page) =>
    page.getByRole('heading', { name: '得票与动议' }),
  ),
  scripted(
    '被提名的书记',
    'shequ7',
    (page) => scriptCommittee(page, 'asked'),
    (page) => page.getByRole('button', { name: '接受提名' }),
  ),
  scripted(
    '重新选举',
    'shequ8',
    (page) => scriptCommittee(page, 'recalled'),
    (page) => page.getByRole('heading', { name: '历届委员' }),
  ),
  scripted(
    '正在进行的表决',
    undefined,
    (page) => scriptResult(page, 'taking'),
    (page) => page.getByRole('heading', { name: '正在领选票' }),
  ),
  scripted(
    '评价的结果',
    'jingyi',
    (page) => scriptResult(page, 'recalled'),
    (page) => page.getByRole('button', { name: '签名确认' }),
  ),
  scripted(
    '选举的结果',
    undefined,
    (page) => scriptResult(page, 'drawn'),
    (page) => page.getByRole('heading', { name: '抽签' }),
  ),
  signedIn('通知设置', 'weiyun', '/account/notices/', (page) =>
    page.getByRole('radio', { name: '议题：汇总发' }),
  ),
  signedIn('群机器人', 'minzheng', '/salon/webhooks/', async (page) => {
    await page.getByLabel('种类').selectOption('其他程序');
    return page.getByText('X-Yuanzhuo-Signature');
  }),
  at('停止邮件', '/unsubscribe/?token=a', (page) =>
    page.getByRole('button', { name: '停止全部邮件' }),
  ),
  {
    name: '案例下面的讨论',
    async open(page) {
      await scriptAbout(page, FULL);
      await page.goto(CASE);
      await page.getByRole('heading', { name: '讨论', exact: true }).scrollIntoViewIfNeeded();
      await expect(page.getByRole('link', { name: '在这里提问' })).toBeVisible();
    },
  },
  {
    name: '搜到案例也搜到讨论',
    async open(page) {
      await scriptTalk(page, [HITS, LATER_HITS]);
      await page.goto('/search/');
      await searchBox(page).first().fill('网格');
      await expect(page.getByRole('button', { name: '再看一些讨论' })).toBeVisible();
    },
  },
  {
    name: '主办单位处理举报',
    async open(page) {
      await signIn(page, 'minzheng');
      await scriptReports(page);
      await page.goto(REPORTS_PATH);
      const card = page.getByRole('listitem', { name: /电动车/ });
      await card.getByText('看前后文').click();
      await expect(card.getByText('被举报的就是这一楼')).toBeVisible();
      await card.getByRole('button', { name: '隐去', exact: true }).click();
      await expect(card.getByLabel('隐去的理由')).toBeVisible();
    },
  },
  talking('交流区', FORUM_PAGE, async (page) =>
    page.getByRole('heading', { name: /楼道灯坏了谁来修/ }),
  ),
  talking('主持人看讨论', THREAD_PAGE, async (page) => {
    await page.getByLabel('第 2 楼：更多').click();
    await page.getByText('主持：隐去或恢复').click();
    await page.getByText('主持', { exact: true }).click();
    await page.getByLabel('做什么').selectOption('move');
    await page.getByText('已修改，看以前写的').click();
    return page.getByText('以前写的', { exact: true });
  }),
  talking('写回复', THREAD_PAGE, async (page) => {
    await page.getByRole('button', { name: '引用', exact: true }).nth(1).click();
    await page.getByLabel('回复', { exact: true }).press('@');
    return page.getByRole('option', { name: '渭运社区' });
  }),
  talking('提问', NEW_PAGE, async (page) => {
    await page.getByLabel('标题').fill('微网格员没有时间入户');
    await page.getByRole('button', { name: '换一个' }).click();
    await page.getByLabel('关于什么').fill('网格');
    await expect(page.getByRole('option').first()).toBeVisible();
    return page.getByText('有人谈过相近的');
  }),
  signedIn('系统管理', 'admin', '/admin/', (page) => page.getByRole('heading', { name: '账号' })),
];

function searchBox(page: Page): Locator {
  return page.getByRole('search').getByRole('combobox');
}

/** Puts 大字 on from the first paint, as a reader who chose it on an earlier visit sees it. */
export async function withLargeType(page: Page): Promise<void> {
  await page.addInitScript(() => localStorage.setItem('yuanzhuo:size', 'large'));
}

/** Puts 大字 on as the switch in the page's foot does, without opening the page anew. */
export async function turnLarge(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.dataset['size'] = 'large';
  });
}

/** The setting is really on, so a test that asked for it tests something. */
export async function expectLargeType(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-size', 'large');
}
