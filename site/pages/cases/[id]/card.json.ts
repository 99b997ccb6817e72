import type { APIRoute, GetStaticPaths } from 'astro';
import type { CaseEntry } from '../../../../api/library/contract.ts';
import { cardOf } from '../../../lib/cards.ts';
import { getLibrary } from '../../../lib/cases.ts';

export const getStaticPaths = (async () => {
  const { cases } = await getLibrary();
  return cases.map((entry) => ({ params: { id: entry.id }, props: { entry } }));
}) satisfies GetStaticPaths;

/** What a list shows of the case, for pages that know it only by its id. */
export const GET: APIRoute<{ entry: CaseEntry }> = ({ props: { entry } }) =>
  Response.json(cardOf(entry));
