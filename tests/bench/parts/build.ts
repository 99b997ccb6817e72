import type { BenchCase } from '../corpus.ts';
import { printTable, type Summary, summarize } from '../measure/summary.ts';
import { buildCold } from '../projects/built.ts';
import { PROJECTS, type Project } from '../projects/project.ts';

type Run = { seconds: number; treeMiB: number; largestMiB: number };
type Runs = Record<Project['id'], Run[]>;

const MEASURES = ['seconds', 'treeMiB', 'largestMiB'] as const;
const LABELS = { seconds: '秒', treeMiB: '进程树内存 MiB', largestMiB: '最大进程内存 MiB' };

export type BuildResult = {
  cases: number;
  sites: Record<string, Record<(typeof MEASURES)[number], Summary>>;
  /** 圆桌 ÷ Starlight, run by run. */
  ratios: Record<(typeof MEASURES)[number], Summary>;
  /** Builds that failed, with the end of their output. Nothing of them is in the figures. */
  failures: { site: string; output: string }[];
};

/** Builds A B C A B C …, so that a machine that slows down slows all alike. */
async function buildInTurn(cases: readonly BenchCase[], runs: number) {
  const measured: Runs = { ours: [], starlight: [], vitepress: [] };
  const failures: BuildResult['failures'] = [];
  for (let run = 0; run < runs; run += 1) {
    for (const project of PROJECTS) {
      try {
        const { seconds, treeMiB, largestMiB } = await buildCold(project, cases);
        measured[project.id].push({ seconds, treeMiB, largestMiB });
        console.log(
          `  第 ${run + 1} 次 ${project.label}：${seconds.toFixed(1)} 秒，${treeMiB.toFixed(0)} MiB`,
        );
      } catch (error) {
        const output = error instanceof Error ? error.message : String(error);
        failures.push({ site: project.label, output });
        console.log(`  第 ${run + 1} 次 ${project.label}：构建失败\n${output.slice(-600)}`);
      }
    }
  }
  return { measured, failures };
}

const summaries = (runs: readonly Run[]) => ({
  seconds: summarize(runs.map((run) => run.seconds)),
  treeMiB: summarize(runs.map((run) => run.treeMiB)),
  largestMiB: summarize(runs.map((run) => run.largestMiB)),
});

/** Runs of which either side failed pair with nothing and give no ratio. */
function pairedRatios(ours: readonly Run[], theirs: readonly Run[]): Run[] {
  if (ours.length !== theirs.length) return [];
  return ours.flatMap((run, index) => {
    const other = theirs[index];
    if (!other) return [];
    return {
      seconds: run.seconds / other.seconds,
      treeMiB: run.treeMiB / other.treeMiB,
      largestMiB: run.largestMiB / other.largestMiB,
    };
  });
}

const show = ({ median, min, max }: Summary, digits: number) =>
  Number.isNaN(median)
    ? '—'
    : `${median.toFixed(digits)}（${min.toFixed(digits)}–${max.toFixed(digits)}）`;

function print({ cases, sites, ratios }: BuildResult): void {
  const row = (label: string, all: BuildResult['ratios'], digits: readonly number[]) => [
    label,
    ...MEASURES.map((measure, index) => show(all[measure], digits[index] ?? 0)),
  ];
  printTable(
    `构建与索引，${cases} 个案例：中位数（最小–最大）`,
    ['', ...MEASURES.map((measure) => LABELS[measure])],
    [
      ...Object.entries(sites).map(([label, all]) => row(label, all, [1, 0, 0])),
      row('圆桌 ÷ Starlight', ratios, [2, 2, 2]),
    ],
  );
}

/** Time and peak memory of building and indexing `cases`, for 圆桌 and its peers. */
export async function benchBuild(cases: readonly BenchCase[], runs: number): Promise<BuildResult> {
  for (const project of PROJECTS) project.prepare(cases);
  const { measured, failures } = await buildInTurn(cases, runs);
  const result: BuildResult = {
    cases: cases.length,
    sites: Object.fromEntries(
      PROJECTS.map((project) => [project.label, summaries(measured[project.id])]),
    ),
    ratios: summaries(pairedRatios(measured.ours, measured.starlight)),
    failures,
  };
  print(result);
  return result;
}
