/**
 * The library's front door: what a case, a method and a theme are, and how a file is read.
 * The site and the academy's submission form (投稿) check against the same schemas.
 */

export { ContentError } from '../core/contentError.ts';
export type { Block, Section } from './body.ts';
export type { Diagram, DiagramOf, TreeNode } from './diagram.ts';
export { loadLibrary } from './loadLibrary.ts';
export type { FullMethod, Problem, Theme } from './method.ts';
export {
  type CaseEntry,
  type ContentProblem,
  type MethodEntry,
  type Read,
  readCase,
  readMethod,
  readThemes,
} from './read.ts';
export { checkLibrary, type Library } from './rules.ts';
export type { Answer, Figure, Place, PlacePart, Remark } from './shapes.ts';
export * from './vocabulary.ts';
