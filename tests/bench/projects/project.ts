import type { BenchCase } from '../corpus.ts';
import type { Measured } from '../measure/processTree.ts';
import { OURS } from './ours.ts';
import { STARLIGHT } from './starlight.ts';
import { VITEPRESS } from './vitepress.ts';

/** One of the sites that are built from the same cases. Folders hold the number of cases. */
export type Project = {
  id: 'ours' | 'starlight' | 'vitepress';
  label: string;
  /** Writes the pages to be built. */
  prepare(cases: readonly BenchCase[]): void;
  /** Removes what an earlier build left: output and every cache. */
  clean(count: number): void;
  /** Pages and search index, measured from cold. Rejects when the build fails. */
  build(count: number): Promise<Measured>;
  dist(count: number): string;
  /** Address of a generated case. */
  casePath(slug: string): string;
  /** Slug of the generated case at an address a search gave, or undefined for another page. */
  slugOf(address: string): string | undefined;
};

export const PROJECTS: readonly Project[] = [OURS, STARLIGHT, VITEPRESS];
