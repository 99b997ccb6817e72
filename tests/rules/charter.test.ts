import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  charterOf,
  decidedOnly,
  FIXED,
  type SalonSettings,
  SECTIONS,
  SETTING_NAMES,
  SETTINGS,
  STIPULATED,
  settingsOf,
} from '../../api/salon/charter.ts';
import { settingsInput } from '../../api/salon/contract.ts';

/** Whatever a salon may decide, any part of it. */
const decided = fc.record(
  Object.fromEntries(
    SETTING_NAMES.map((name) => {
      const setting = SETTINGS[name];
      return [name, setting.kind === 'switch' ? fc.boolean() : fc.integer(setting)];
    }),
  ),
  { requiredKeys: [] },
) as fc.Arbitrary<Partial<SalonSettings>>;

describe('the charter', () => {
  it('says of each line where it comes from, the source’s rules first in each section', () => {
    const lines = charterOf({});
    expect(lines).toHaveLength(STIPULATED.length + FIXED.length + SETTING_NAMES.length);
    expect(new Set(lines.map(({ origin }) => origin))).toEqual(new Set(['来源规定', '本平台默认']));
    expect([...new Set(lines.map(({ section }) => section))]).toEqual([...SECTIONS]);
    for (const section of SECTIONS) {
      const origins = lines.filter((one) => one.section === section).map(({ origin }) => origin);
      expect(origins).toEqual(
        [...origins].sort((a, b) => Number(b === '来源规定') - Number(a === '来源规定')),
      );
    }
  });

  it('lays down the 60 % of the source, which no setting can change', () => {
    const rule = '反对人数高于到会人数的 60% 的，选题委员会重新选举；恰好 60% 不算。';
    fc.assert(
      fc.property(decided, (some) => {
        expect(charterOf(some)).toContainEqual({
          section: '有效性评价',
          origin: '来源规定',
          text: rule,
        });
      }),
    );
    expect(STIPULATED.map(({ text }) => text)).toContain(rule);
  });

  it('shows every figure in its line, and marks what the salon decided', () => {
    fc.assert(
      fc.property(decided, (some) => {
        const lines = charterOf(some);
        const now = settingsOf(some);
        for (const name of SETTING_NAMES) {
          const line = lines.find(({ setting }) => setting === name);
          expect(line?.origin).toBe(some[name] === undefined ? '本平台默认' : '本沙龙决定');
          expect(line?.text).not.toContain('{}');
          if (typeof now[name] === 'number' && now[name] > 0) {
            expect(line?.text).toContain(String(now[name]));
          }
        }
      }),
    );
  });

  it('says so where there is no quorum and no scrutineer', () => {
    const texts = (some: Partial<SalonSettings>) => charterOf(some).map(({ text }) => text);
    expect(texts({})).toContain('有效性评价不另设到会人数的下限。');
    expect(texts({ quorumPercent: 50 })).toContain('有效性评价须有不少于 50% 的席位到会。');
    expect(texts({ scrutineer: true }).join()).toContain('每次表决设一名监票人');
    expect(texts({ scrutineer: false }).join()).toContain('不设监票人');
  });
});

describe('settings', () => {
  it('keep only what differs from the default, and lose nothing by it', () => {
    fc.assert(
      fc.property(decided, (some) => {
        const kept = decidedOnly(some);
        expect(settingsOf(kept)).toEqual(settingsOf(some));
        for (const [name, value] of Object.entries(kept)) {
          expect(value).not.toBe(SETTINGS[name as keyof SalonSettings].default);
        }
      }),
    );
  });

  it('have defaults within their own bounds', () => {
    expect(settingsInput.safeParse(settingsOf({})).success).toBe(true);
  });

  it('are refused just outside their bounds, and in other types', () => {
    for (const name of SETTING_NAMES) {
      const setting = SETTINGS[name];
      const accepts = (value: unknown) => settingsInput.safeParse({ [name]: value }).success;
      if (setting.kind === 'switch') {
        expect([true, false, 1, 'true', null].map(accepts)).toEqual([
          true,
          true,
          false,
          false,
          false,
        ]);
        continue;
      }
      const { min, max } = setting;
      const values = [min, max, min - 1, max + 1, min + 0.5, String(min), Number.NaN, null, true];
      expect(values.map(accepts), name).toEqual([true, true, ...Array(7).fill(false)]);
    }
    expect(settingsInput.safeParse({ recallPercent: 60 }).success).toBe(false);
  });
});
