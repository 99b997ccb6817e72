import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from '../../../api/commands/lib/fingerprint.mjs';
import { type BenchCase, plainText } from '../corpus.ts';
import type { Measured } from '../measure/processTree.ts';
import { benchDir, peersDir, root } from './paths.ts';
import { PROJECTS, type Project } from './project.ts';

/** All that the built site depends on: the cases, and the program that builds it. */
function stampOf({ id }: Project, cases: readonly BenchCase[]): string {
  const hash = createHash('sha256');
  for (const entry of cases) hash.update(plainText(entry));
  hash.update(
    id === 'ours' ? fingerprint(root) : readFileSync(join(peersDir, 'package-lock.json')),
  );
  return hash.digest('hex');
}

const stampFile = ({ id }: Project, count: number) => join(benchDir, `${id}-${count}.stamp`);

/** Builds from cold and notes what was built. The pages must have been prepared. */
export async function buildCold(project: Project, cases: readonly BenchCase[]): Promise<Measured> {
  const stamp = stampOf(project, cases);
  rmSync(stampFile(project, cases.length), { force: true });
  project.clean(cases.length);
  const measured = await project.build(cases.length);
  writeFileSync(stampFile(project, cases.length), `${stamp}\n`);
  return measured;
}

function isBuilt(project: Project, cases: readonly BenchCase[]): boolean {
  const file = stampFile(project, cases.length);
  return existsSync(file) && readFileSync(file, 'utf8').trim() === stampOf(project, cases);
}

/** Builds the sites that are not up to date; those that cannot be built are named and left out. */
export async function builtProjects(cases: readonly BenchCase[]): Promise<Project[]> {
  const built: Project[] = [];
  for (const project of PROJECTS) {
    try {
      if (!isBuilt(project, cases)) {
        console.log(`  先构建 ${project.label}，${cases.length} 个案例…`);
        project.prepare(cases);
        await buildCold(project, cases);
      }
      built.push(project);
    } catch (error) {
      console.log(`${project.label} 没有构建成功，这一项不测：${String(error).slice(0, 600)}`);
    }
  }
  return built;
}
