import type { APIRoute } from 'astro';
import { caseUrl, getLibrary, methodUrl, problemUrl, themeUrl } from '../lib/cases.ts';
import { getSessions, SESSIONS_URL } from '../lib/sessions.ts';

/** Ids are slugs, so no address needs escaping. */
export const GET: APIRoute = async ({ site }) => {
  const { cases, methods, themes, problemById } = await getLibrary();
  const { sessions } = await getSessions();
  const line = (path: string, changed?: string) =>
    `<url><loc>${new URL(path, site).href}</loc>${changed ? `<lastmod>${changed}</lastmod>` : ''}</url>`;
  const urls = [
    ...['/', '/cases/', '/methods/', '/themes/', '/problems/', SESSIONS_URL, '/sources/'].map(
      (path) => line(path),
    ),
    ...cases.map(({ id, added }) => line(caseUrl(id), added)),
    ...methods.map(({ id, added }) => line(methodUrl(id), added)),
    ...sessions.map(({ url, corrections, publishedOn }) =>
      line(url, corrections.at(-1)?.on ?? publishedOn),
    ),
    ...themes.map(({ id }) => line(themeUrl(id))),
    ...[...problemById.keys()].map((id) => line(problemUrl(id))),
  ];
  return new Response(
    `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`,
    { headers: { 'content-type': 'application/xml; charset=utf-8' } },
  );
};
