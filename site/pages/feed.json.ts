import type { APIRoute } from 'astro';
import { newestFeed } from '../lib/feed.ts';

export const GET: APIRoute = async ({ site }) =>
  new Response((await newestFeed(site)).json1(), {
    headers: { 'content-type': 'application/feed+json; charset=utf-8' },
  });
