import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { ARCHIVE_FILE, readArchive } from '../../api/archive/contract.ts';
import { archiveFile, inRoot } from '../../api/commands/lib/paths.mjs';
import { fixtureFolder } from '../support/fixtureSite.ts';
import { SAMPLE_ARCHIVE } from '../support/sampleArchive.ts';

/** The public export as the site reads it. */

const folder = fixtureFolder({});
afterAll(() => folder.remove());

const reading = (text: string) => {
  folder.write('archive.json', text);
  return readArchive(join(folder.dir, 'archive.json'));
};

type Path = readonly (string | number)[];

/** The sample with one place changed; without a value it is taken out. */
function spoilt(path: Path, value?: unknown): string {
  const copy: unknown = structuredClone(SAMPLE_ARCHIVE);
  const holder = path.slice(0, -1).reduce<unknown>((part, key) => {
    if (typeof part !== 'object' || part === null) throw new Error(`the sample has no ${key}`);
    return Reflect.get(part, key);
  }, copy);
  if (typeof holder !== 'object' || holder === null)
    throw new Error('the sample has no such place');
  Reflect.set(holder, path.at(-1) ?? '', value);
  return JSON.stringify(copy);
}

describe('the archive', () => {
  it('is read as it was written', async () => {
    expect(await reading(JSON.stringify(SAMPLE_ARCHIVE))).toEqual(SAMPLE_ARCHIVE);
  });

  it('is empty where there is none yet', async () => {
    expect(await readArchive(join(folder.dir, 'none.json'))).toEqual({
      version: 1,
      salons: [],
      sessions: [],
    });
  });

  it('lies in one place for the build and for the site', () => {
    expect(archiveFile()).toBe(inRoot(ARCHIVE_FILE));
  });
});

describe('a broken archive is refused in words', () => {
  const THIRD: Path = ['sessions', 2];
  test.each<[Path, unknown, string]>([
    [['version'], 2, 'version（版本）：只能是 1'],
    [[...THIRD, 'date'], undefined, 'sessions（各期）第 3 项 · date（日期）：缺了这一项，要写文字'],
    [[...THIRD, 'date'], '2023-07-32', 'sessions（各期）第 3 项 · date（日期）：格式不对'],
    [[...THIRD, 'time'], '25:00', 'sessions（各期）第 3 项 · time（时间）：格式不对'],
    [[...THIRD, 'number'], 0, 'sessions（各期）第 3 项 · number（期号）：不能小于 1'],
    [
      [...THIRD, 'topics', 0, 'votes'],
      '16',
      'sessions（各期）第 3 项 · topics（议题）第 1 项 · votes（票数）：写法不对，要写数',
    ],
    [
      [...THIRD, 'topics', 0, 'title'],
      '',
      'sessions（各期）第 3 项 · topics（议题）第 1 项 · title（标题）：不能空着',
    ],
    [
      [...THIRD, 'actions', 1, 'state'],
      '快了',
      'sessions（各期）第 3 项 · actions（落实事项）第 2 项 · state（状态）：只能是 待办、办理中、已办结、逾期',
    ],
    [
      [...THIRD, 'chairPerson'],
      '某某',
      'sessions（各期）第 3 项：多出「chairPerson」，公开的存档里没有这一项',
    ],
    [
      [...THIRD, 'salon'],
      'nowhere',
      'sessions（各期）第 3 项 · salon（所属沙龙）：salons（沙龙）里没有 nowhere',
    ],
    [[...THIRD, 'number'], 2, 'sessions（各期）第 3 项 · number（期号）：第 2 期前面已经有了'],
  ])('%j = %j', async (path, value, words) => {
    await expect(reading(spoilt(path, value))).rejects.toMatchObject({
      name: 'ContentError',
      message: `沙龙存档 · ${words}`,
    });
  });

  it('all at once', async () => {
    const twice = JSON.stringify({ ...SAMPLE_ARCHIVE, version: 3, salons: 4 });
    await expect(reading(twice)).rejects.toThrow(
      '沙龙存档 · version（版本）：只能是 1\n沙龙存档 · salons（沙龙）：写法不对，要写列表',
    );
  });

  it('and one cut short says so', async () => {
    const whole = JSON.stringify(SAMPLE_ARCHIVE);
    await expect(reading(whole.slice(0, -40))).rejects.toThrow('沙龙存档：不是完整的 JSON');
  });
});
