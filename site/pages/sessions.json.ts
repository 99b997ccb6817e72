import type { APIRoute } from 'astro';
import { getSessions } from '../lib/sessions.ts';

/** The addresses of the sessions that this build has pages of. */
export const GET: APIRoute = async () => {
  const { sessions } = await getSessions();
  return Response.json(sessions.map(({ url }) => url));
};
