import { createReporter, main } from './steps.mjs';
import { newRun, selectSteps } from './test-steps.mjs';

const run = newRun();

await main(async () => {
  const { steps, filters } = selectSteps(process.argv.slice(2));
  run.filters = filters;
  const reporter = createReporter();
  for (const [index, step] of steps.entries()) {
    try {
      await reporter.step(step.name, (say) => step.work(run, say));
    } catch (error) {
      const rest = steps.slice(index + 1).map(({ name }) => name);
      if (rest.length > 0) reporter.print(`- 未跑：${rest.join('、')}`);
      throw error;
    }
  }
});

// Read by CI: alone on the last line, of the tests that really ran.
console.log(`${run.counts.passed} passed, ${run.counts.failed} failed`);
