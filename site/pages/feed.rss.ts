import type { APIRoute } from 'astro';
import { newestFeed } from '../lib/feed.ts';

export const GET: APIRoute = async ({ site }) =>
  new Response((await newestFeed(site)).rss2(), {
    headers: { 'content-type': 'application/rss+xml; charset=utf-8' },
  });
