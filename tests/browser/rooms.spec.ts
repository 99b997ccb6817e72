import { expect, test } from '../support/browser.ts';
import { badColours, paleText, violations } from '../support/complaints.ts';
import {
  BODY,
  expectFits,
  expectOutline,
  expectReadable,
  expectStill,
  LARGE,
  TAP,
} from '../support/layout.ts';
import { expectPolicy, watchPolicy } from '../support/policy.ts';
import { expectLargeType, rooms, turnLarge, withLargeType } from '../support/rooms.ts';

/**
 * What holds of every kind of page. Each is opened once, since opening costs more than looking; in
 * its other states, and again in 大字, in the long tests.
 */

const LONG = process.env['LONG'] === '1';

/** Rooms whose page is looked at in a fuller state too. */
const OTHER_STATES = [
  ...[
    '案例',
    '有结果的搜索',
    '残缺的案例',
    '隐去地名和数字的案例',
    '仅有名称的方法',
    '选了小区类型的问题',
  ],
  ...['还没有选的比较', '两个案例的比较', '没有输入的搜索', '没有结果的搜索'],
  ...['沙龙', '章程', '席位', '书记看席位', '征集议题', '选题结果', '各期会议'],
  ...['书记看正在开的一期', '已结束的一期', '扫码签到', '没登录就扫码签到', '嘉宾没有链接'],
  ...['已办结的待办', '主持表决', '投票间里没有票', '选题委员会', '被提名的书记', '重新选举'],
  ...['正在进行的表决'],
];
const shown = rooms.filter(({ name }) => LONG || !OTHER_STATES.includes(name));
if (!LONG && shown.length !== rooms.length - OTHER_STATES.length) {
  throw new Error('OTHER_STATES names a room that is not there');
}

for (const room of shown) {
  test.describe(room.name, () => {
    test.use({ expected: room.expected ?? [] });

    test('没有无障碍问题，不横向滚动，按得准，读得清，层级清楚，要求少动就不动，用大字也是', async ({
      page,
    }) => {
      await watchPolicy(page);
      await room.open(page);
      await expectPolicy(page);
      expect.soft(await violations(page), '浅色').toEqual([]);
      expect.soft(await paleText(page), '浅色的正文').toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect.soft(await badColours(page), '深色').toEqual([]);
      expect.soft(await paleText(page), '深色的正文').toEqual([]);
      await expectOutline(page, room.apart);
      await expectFits(page, TAP.normal);
      await expectReadable(page, BODY);
      await expectStill(page);
      await turnLarge(page);
      await expectFits(page, TAP.large);
      await expectReadable(page, BODY * LARGE);
    });

    if (!LONG) return;

    test('开着大字打开也是', async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await withLargeType(page);
      await room.open(page);
      await expectLargeType(page);
      expect.soft(await violations(page)).toEqual([]);
      await expectFits(page, TAP.large);
      await expectReadable(page, BODY * LARGE);
    });
  });
}
