import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newCase } from '../../api/commands/lib/new-case.mjs';
import { readCase } from '../../api/library/contract.ts';
import { inWords } from './sample.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'new-case-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs the command; `typed` are the lines of somebody at a terminal, who then leaves. */
async function run(args: string[], typed?: string[]) {
  const [input, output, errors] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const said = Promise.all([text(output), text(errors)]);
  const talk = { input, output, errors, interactive: typed !== undefined };
  const ending = newCase([...args, '--folder', folder], talk);
  for (const line of typed ?? []) {
    input.write(`${line}\n`);
    await new Promise((done) => setTimeout(done, 5));
  }
  input.end();
  const code = await ending;
  output.end();
  errors.end();
  const [out, err] = await said;
  return { code, out, err, files: await readdir(folder) };
}

const ARGS = ['--id', 'loudong', '--title', '楼栋长把情况报上来', '--method', '楼栋长队伍'];
const written = () => readFile(join(folder, 'loudong.mdx'), 'utf8');
const check = (source: string) => readCase('cases/loudong.mdx', source);

/** What a trainer types, in the places where the template leaves room. */
const FILLED: [string, string][] = [
  ['gist:', 'gist: 每栋楼一名楼栋长，发现情况报到社区'],
  ['  province:', '  province: { is: stated, name: 陕西省 }'],
  ['level:', 'level: 社区'],
  ['settlements:', 'settlements: [物业小区]'],
  ['themes:', 'themes: [rencai]'],
  ['period:', 'period: 未注明'],
  ['  title:', '  title: 一份材料'],
  ['  publisher:', '  publisher: 未注明'],
  ['  date:', '  date: 未注明'],
  ['  flags:', '  flags: [完整]'],
  ['diagrams:', 'diagrams: []'],
  ['methods:', 'methods: [loudongzhang]'],
  ['related:', 'related: []'],
];
const uncomment = (source: string, ...examples: string[]) =>
  examples.reduce((result, example) => {
    const line = result.split('\n').find((one) => one.includes(example)) ?? '';
    expect(line).toContain('# - ');
    return result.replace(line, line.replace('# ', ''));
  }, source);

function fill(template: string): string {
  const typed = FILLED.reduce((source, [blank, line]) => {
    expect(source).toContain(`\n${blank}\n`);
    return source.replace(`\n${blank}\n`, () => `\n${line}\n`);
  }, template);
  return uncomment(typed, 'wangge-tai-da', '楼栋长, value: 18', '肯跑腿的人', '没人来了').replace(
    /（提示：.*）/g,
    '写了一段。',
  );
}

describe('a fresh template', () => {
  it('has every unfilled field and section named in words', async () => {
    await run(ARGS);
    const source = await written();
    const lines = source.split('\n');
    expect(inWords(check(source).problems).map((line) => line.split('；')[0])).toEqual([
      'gist（一句话）：写一句话说清',
      'place（地点） › province（省份）：is 写 stated（原文写明）、inferred（据线索推断）或 withheld（原文隐去），例如 { is: stated, name: 富平县 }',
      'level（层级）：只能从 市、区县、镇街、街道级社区、社区 里选',
      'settlements（小区类型）：还没有写',
      'themes（主题）：还没有写',
      'answers（回应的问题）：还没有写',
      'period（时期）：写时期，不知道就写 未注明',
      'source（来源） › title（标题）：写来源标题',
      'source（来源） › publisher（发布者）：写发布者，不知道就写 未注明',
      'source（来源） › date（日期）：写日期，不知道就写 未注明',
      'source（来源） › flags（来源状况）：还没有写',
      'figures（数字）：还没有写',
      'diagrams（图）：还没有写',
      'methods（方法）：还没有写',
      'conditions（需要的条件）：还没有写',
      'pitfalls（容易出的问题）：还没有写',
      'related（相关案例）：还没有写',
      ...['背景与起因', '做法与经过', '成效与反响', '经验与启示', '照着做'].map(
        (title) =>
          `正文第 ${lines.indexOf(`## ${title}`) + 3} 行：「${title}」里还留着模板的提示，写好内容后把「（提示：」那一段删掉`,
      ),
    ]);
  });

  it('passes once filled, comments and all', async () => {
    await run(ARGS);
    const { entry, problems } = check(fill(await written()));
    expect(problems).toEqual([]);
    expect(entry?.title).toBe('楼栋长把情况报上来');
    expect(entry?.method).toBe('楼栋长队伍');
    expect(entry?.answers).toHaveLength(1);
    expect(entry?.figures).toHaveLength(1);
  });

  it.each(['119', '小区 # 3 号', '- 横线', '“引号”小区', '说：好，"好"', '@社区', '是', 'null'])(
    'keeps the title %s as it was typed',
    async (title) => {
      await run(['--id', 'loudong', `--title=${title}`, `--method=${title}`]);
      const source = await written();
      const problems = inWords(check(source).problems);
      expect(problems.filter((line) => line.startsWith('第 '))).toEqual([]);
      expect(problems).not.toContain('title（标题）：写标题');
      if (!title.includes('"')) expect(check(fill(source)).entry?.title).toBe(title);
    },
  );
});

describe('asking', () => {
  it('asks for the three and says what to do next', async () => {
    const { code, out, files } = await run([], ['楼栋长队伍', '楼栋长报上来', 'loudong']);
    expect(code).toBe(0);
    expect(files).toEqual(['loudong.mdx']);
    expect(out).toContain('工作法名称（');
    expect(out).toContain('npm test -- 内容');
    expect(out).toContain('content/README.md');
    expect(await written()).toContain('title: 楼栋长报上来\n');
  });

  it('asks again after an answer that will not do', async () => {
    await writeFile(join(folder, 'yiyou.mdx'), '旧');
    const { code, out } = await run(
      [],
      ['', '法', '长'.repeat(41), '标题', 'Lou Dong', 'yiyou', ' loudong '],
    );
    expect(code).toBe(0);
    for (const words of [
      '请写工作法名称。',
      '标题最多 40 个字，现在是 41 个。',
      '编号「Lou Dong」不能用：只用小写拼音、数字和连字符，例如 weiwang-shige。',
      '已经有 yiyou.mdx 了，不会改动它；请换一个编号。',
    ]) {
      expect(out).toContain(words);
    }
    expect(await readFile(join(folder, 'yiyou.mdx'), 'utf8')).toBe('旧');
  });

  it('asks only for what the command line leaves out', async () => {
    const { code, out } = await run(['--title', '标题', '--method', '法'], ['loudong']);
    expect(code).toBe(0);
    expect(out).not.toContain('工作法名称（');
  });

  it('writes nothing when the author leaves', async () => {
    expect(await run([], ['法', '标题'])).toMatchObject({
      code: 1,
      err: '没有写任何文件。\n',
      files: [],
    });
  });
});

describe('without a terminal', () => {
  it('names what is missing', async () => {
    const { code, err, files } = await run(['--title', '标题']);
    expect({ code, files }).toEqual({ code: 1, files: [] });
    expect(err).toContain('还缺 --method、--id。');
    expect(err).toContain('npm run new:case -- --id');
  });

  it.each(['Lou', '楼', 'a_b', '-a', 'a-', 'a--b', '../a', 'a/b', 'a.mdx', ''])(
    'refuses the id %o',
    async (id) => {
      const { code, err, files } = await run([`--id=${id}`, '--title', '标', '--method', '法']);
      expect({ code, files }).toEqual({ code: 1, files: [] });
      expect(err).toContain('只用小写拼音、数字和连字符');
    },
  );

  it('leaves an existing file as it is', async () => {
    await run(ARGS);
    await writeFile(join(folder, 'loudong.mdx'), '已经写了一半');
    const { code, err } = await run(ARGS);
    expect(code).toBe(1);
    expect(err).toContain('已经有 loudong.mdx 了');
    expect(await written()).toBe('已经写了一半');
  });

  it.each([[['--author', '某']], [['多余']], [['--id']]])('refuses %j', async (args) => {
    const { code, err, files } = await run(args);
    expect({ code, files }).toEqual({ code: 1, files: [] });
    expect(err).toMatch(/只认得 --id、--title、--method|不能用/);
  });

  it('runs as a command', async () => {
    const command = resolve('api/commands/new-case.mjs');
    const { stdout } = await promisify(execFile)(process.execPath, [
      command,
      ...ARGS,
      '--folder',
      folder,
    ]);
    expect(stdout).toContain('loudong.mdx。接下来：');
    expect(await readdir(folder)).toEqual(['loudong.mdx']);
  });
});
