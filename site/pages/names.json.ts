import type { APIRoute } from 'astro';
import { getLibrary } from '../lib/cases.ts';

/** What the pages of the library are called: for the server, which links and checks what is written of them. */
export const GET: APIRoute = async () => {
  const { cases, methods, themes } = await getLibrary();
  return Response.json([
    ...themes.map(({ id, name, gist }) => ({ kind: 'theme', id, name, gist, themes: [] })),
    ...cases.map(({ id, method: name, gist, themes }) => ({
      kind: 'case',
      id,
      name,
      gist,
      themes,
    })),
    ...methods.map(({ id, name, gist, themes }) => ({ kind: 'method', id, name, gist, themes })),
  ]);
};
