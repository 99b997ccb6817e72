import { createRoutes } from '../../core/http/endpoint.ts';

export function webhookRoutes() {
  return createRoutes();
}
