import type { APIRoute } from 'astro';
import type { AskedProblem } from '../islands/search/suggest.ts';
import { getLibrary, problemUrl } from '../lib/cases.ts';

/** The kinds of problem in a reader's own words: the search offers them beside its results. */
export const GET: APIRoute = async () => {
  const { problemById } = await getLibrary();
  const problems: AskedProblem[] = [...problemById.values()].map(({ id, name, ask }) => ({
    name,
    ask,
    url: problemUrl(id),
  }));
  return Response.json(problems);
};
