import { createRoutes } from '../../core/http/endpoint.ts';

export function forumReadingRoutes() {
  return createRoutes();
}
