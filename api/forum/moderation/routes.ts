import { createRoutes } from '../../core/http/endpoint.ts';

export function forumModerationRoutes() {
  return createRoutes();
}
