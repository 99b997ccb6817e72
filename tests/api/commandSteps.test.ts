import { join } from 'node:path';
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { countPlaywright, countVitest, readReport } from '../../api/commands/lib/results.mjs';
import { createReporter, describeFailure, StepError } from '../../api/commands/lib/steps.mjs';
import { selectSteps, testSteps } from '../../api/commands/lib/test-steps.mjs';
import { type FixtureSite, fixtureFolder } from '../support/fixtureSite.ts';

let folder: FixtureSite | undefined;
afterEach(() => {
  folder?.remove();
  folder = undefined;
  vi.useRealTimers();
});

function recorder(isTTY: boolean) {
  let text = '';
  return {
    out: {
      isTTY,
      write(part: string) {
        text += part;
      },
    },
    text: () => text,
  };
}

describe('the lines of steps', () => {
  it('are plain where there is no terminal', async () => {
    const { out, text } = recorder(false);
    const { step } = createReporter(out);
    await step('安装依赖', () => ({ skipped: true }));
    await step('构建网页', async (say) => say('等一等…'));
    await step('单元测试', async () => ({ note: '3 项通过' }));
    await expect(step('类型', () => Promise.reject(new StepError('改。')))).rejects.toThrow('改。');
    expect(text().replace(/\d\.\d 秒/g, 'N 秒')).toBe(
      '↷ 安装依赖：已是最新，跳过\n  等一等…\n✓ 构建网页（N 秒）\n✓ 单元测试（N 秒）：3 项通过\n✗ 类型（N 秒）\n',
    );
    expect(text()).not.toContain('\x1b');
  });

  it('count seconds on a terminal', async () => {
    vi.useFakeTimers();
    const { out, text } = recorder(true);
    const pending = createReporter(out).step(
      '构建网页',
      () => new Promise<void>((resolve) => setTimeout(resolve, 1200)),
    );
    await vi.advanceTimersByTimeAsync(1300);
    await pending;
    expect(text().match(/… 构建网页/g)).toHaveLength(3);
  });
});

describe('a failure', () => {
  it('shows the end of the log, then one sentence, then where the rest is', () => {
    folder = fixtureFolder({
      'step.log': `${Array.from({ length: 100 }, (_, i) => `\x1b[31mline ${i}\x1b[0m`).join('\n')}\n`,
    });
    const shown = describeFailure(new StepError('请改。', { log: join(folder.dir, 'step.log') }));
    const lines = shown.split('\n');
    expect(lines).toHaveLength(41);
    expect(lines[0]).toBe('  line 60');
    expect(lines[40]).toMatch(/^请改。.完整记录：.*step\.log.$/);
  });

  it('does without a log that is empty or missing', () => {
    folder = fixtureFolder({ 'step.log': '\n' });
    expect(describeFailure(new StepError('请改。', { log: join(folder.dir, 'step.log') }))).toBe(
      '请改。',
    );
    expect(describeFailure(new StepError('请改。', { log: join(folder.dir, 'none') }))).toBe(
      '请改。',
    );
  });

  it('of an unknown kind says what to do as well', () => {
    expect(describeFailure(new Error('boom'))).toMatch(/^Error: boom[\s\S]*请再运行一次/);
  });
});

describe('counting tests', () => {
  it('reads what vitest reports, a file that cannot be loaded being one failure', () => {
    const report = {
      numPassedTests: 5,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [{}] },
        { status: 'failed', assertionResults: [] },
        { status: 'passed', assertionResults: [{}] },
      ],
    };
    expect(countVitest(report)).toEqual({ passed: 5, failed: 2, skipped: 3 });
  });

  it('reads what Playwright reports', () => {
    const stats = { expected: 7, unexpected: 2, flaky: 1, skipped: 3 };
    expect(countPlaywright({ stats })).toEqual({ passed: 8, failed: 2, skipped: 3 });
  });

  it('counts nothing that was not reported', () => {
    folder = fixtureFolder({ 'broken.json': '{"numPassed' });
    const none = { passed: 0, failed: 0, skipped: 0 };
    expect(readReport(join(folder.dir, 'broken.json'))).toEqual(none);
    expect(readReport(join(folder.dir, 'none.json'))).toEqual(none);
  });
});

describe('selecting steps', () => {
  const names = (...args: string[]) => selectSteps(args).steps.map(({ id }) => id);
  const all = testSteps.map(({ id }) => id);

  it('runs everything but the long tests', () => {
    expect(names()).toEqual(all.filter((id) => id !== 'long' && id !== 'wide'));
    expect(names('--long')).toEqual(all);
  });

  test.each([
    ['unit', ['install', 'unit']],
    ['单元', ['install', 'unit']],
    ['格式与规范', ['install', 'format']],
    ['browser', ['install', 'chromium', 'build', 'browser']],
    ['浏览器', ['install', 'chromium', 'build', 'browser']],
    ['浏览器与中文字体', ['install', 'chromium']],
    ['长', ['install', 'chromium', 'build', 'long']],
    ['install', ['install']],
  ])('%s runs %j', (wanted, steps) => {
    expect(names(wanted)).toEqual(steps);
  });

  it('hands the rest on', () => {
    expect(selectSteps(['unit', 'tests/api', '-t', 'x']).filters).toEqual(['tests/api', '-t', 'x']);
  });

  it('names the steps when it does not know one', () => {
    expect(() => selectSteps(['什么'])).toThrow('unit(单元测试)');
  });
});
