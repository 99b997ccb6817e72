import type { APIRoute } from 'astro';
import { newestFeed } from '../lib/feed.ts';

export const GET: APIRoute = async ({ site }) =>
  new Response((await newestFeed(site)).atom1(), {
    headers: { 'content-type': 'application/atom+xml; charset=utf-8' },
  });
