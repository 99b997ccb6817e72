import { useEffect, useRef, useState } from 'preact/hooks';
import { termsOf } from '../../../api/core/fold.ts';
import { type Facets, KINDS, type Page, type PageKind } from '../../lib/search/format.ts';
import { engine } from './engine.ts';
import { type Choice, type FacetKey, narrow, type Option, optionsOf } from './filters.ts';
import { askedProblems } from './problems.ts';
import { type AskedProblem, akin, type Suggestions, suggest } from './suggest.ts';

/** So many results are read and shown at first, and with each 再看一些. */
export const SHOWN = 8;

export interface Results {
  query: string;
  terms: string[];
  /** How many pages of each kind that the library has. */
  counts: { kind: PageKind; count: number }[];
  shown: Page[];
  total: number;
  /** Present while filters are open. */
  options: Record<FacetKey, Option[]> | undefined;
  suggestions: Suggestions | undefined;
  /** Kinds of problem that the query sounds like. */
  problems: AskedProblem[];
}

export type SearchState = 'idle' | 'searching' | 'failed' | Results;

export interface Wish {
  query: string;
  kind: PageKind | undefined;
  choice: Choice;
  filtering: boolean;
  most: number;
  /** Counts up when the reader asks to try again. */
  attempt: number;
}

/** Runs the newest wish; an answer that comes after a newer wish is dropped. */
export function useSearch(wish: Wish): SearchState {
  const [state, setState] = useState<SearchState>('idle');
  const round = useRef(0);
  const key = JSON.stringify(wish);
  useEffect(() => {
    round.current += 1;
    const mine = round.current;
    const settle = (next: SearchState) => {
      if (mine === round.current) setState(next);
    };
    if (termsOf(wish.query).length === 0) {
      settle('idle');
      return;
    }
    setState((before) => (typeof before === 'object' ? before : 'searching'));
    run(wish).then(settle, () => settle('failed'));
  }, [key]);
  return state;
}

async function run({ query, kind, choice, filtering, most }: Wish): Promise<Results> {
  const terms = termsOf(query);
  const [{ kinds }, found, problems] = await Promise.all([
    engine.directory(),
    engine.find(query),
    askedProblems(),
  ]);
  const facets: Facets = filtering ? await engine.facets() : {};
  const all = found.map(({ page }) => page);
  const fitting = filtering ? narrow(all, choice, facets) : all;
  const isOf = (page: number, one: PageKind) => page >= kinds[one][0] && page < kinds[one][1];
  const counts = KINDS.filter((one) => kinds[one][1] > kinds[one][0]).map((one) => ({
    kind: one,
    count: fitting.filter((page) => isOf(page, one)).length,
  }));
  const listed = kind ? fitting.filter((page) => isOf(page, kind)) : fitting;
  const shown = await Promise.all(listed.slice(0, most).map((page) => engine.page(page)));
  return {
    query,
    terms,
    counts,
    shown,
    total: listed.length,
    options: filtering ? optionsOf(all, choice, facets) : undefined,
    problems: akin(problems, query),
    suggestions: found.length === 0 ? await suggest(engine, query) : undefined,
  };
}
