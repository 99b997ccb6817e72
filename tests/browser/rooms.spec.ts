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

/** What holds of every kind of page. Each is opened once, since opening costs more than looking; again in 大字 in the long tests. */

for (const room of rooms) {
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

    if (process.env['LONG'] !== '1') return;

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
