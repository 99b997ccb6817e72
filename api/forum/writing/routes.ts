import { createRoutes } from '../../core/http/endpoint.ts';

export function forumWritingRoutes() {
  return createRoutes();
}
