import { createRoute, OpenAPIHono, type RouteConfig } from '@hono/zod-openapi';
import { createMiddleware } from 'hono/factory';
import { z } from 'zod';
import { type Action, PERMISSIONS, STANDING_NAMES } from '../../access/rules.ts';
import { CORE, type FieldError, Refused } from '../refused.ts';
import type { ApiEnv } from './apiEnv.ts';

const problemSchema = z
  .object({
    type: z.string(),
    status: z.number().int(),
    title: z.string(),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    requestId: z.string().optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457：发生了什么，该怎么办' });

const PROBLEM = {
  description: '拒绝：application/problem+json',
  content: { 'application/problem+json': { schema: problemSchema } },
};

type EndpointConfig = RouteConfig & {
  /** The line of the permission table that decides; the generated test reads it here. */
  readonly action: Action;
  readonly summary: string;
};

/** Without this a body of another type would pass by the shape it should have. */
const onlyTypes = (types: readonly string[]) =>
  createMiddleware(async (c, next) => {
    const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
    if (!types.includes(type)) throw new Refused(CORE.wrongType);
    return next();
  });

/**
 * Declares a route: what goes in and out, and which line of the permission table decides. The verb
 * behind it asks the table inside its transaction; a test calls every route as everyone to see that
 * both agree.
 */
export function endpoint<const R extends EndpointConfig>(config: R) {
  const { action, ...route } = config;
  const types = Object.keys(route.request?.body?.content ?? {});
  return createRoute({
    ...route,
    ...(types.length > 0 && { middleware: onlyTypes(types) }),
    'x-action': action,
    description: `谁可以：${PERMISSIONS[action].map((standing) => STANDING_NAMES[standing]).join('、')}`,
    responses: { ...route.responses, default: PROBLEM },
  } as unknown as R & { getRoutingPath(): string });
}

/** A JSON answer of this shape. */
export const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

/** A required JSON body of this shape. */
export const body = <T extends z.ZodType>(schema: T) => ({
  required: true as const,
  content: { 'application/json': { schema } },
});

const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part)}`).join('');

/** Zod's own English is replaced where our schemas leave the words to it. */
function fieldMessage(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `不认识的字段：${issue.keys.join('、')}`;
    case 'invalid_type':
      return /[\u4e00-\u9fff]/.test(issue.message) ? issue.message : '没有填写，或类型不对';
    default:
      return /[\u4e00-\u9fff]/.test(issue.message) ? issue.message : '取值不对';
  }
}

export function fieldErrors(issues: readonly z.core.$ZodIssue[]): FieldError[] {
  return issues.map((issue) => ({ path: pointer(issue.path), message: fieldMessage(issue) }));
}

/** An empty part of the API: a capability's routes are chained onto it. */
export function createRoutes(): OpenAPIHono<ApiEnv> {
  return new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) {
        throw new Refused(CORE.invalid, { errors: fieldErrors(result.error.issues) });
      }
    },
  });
}
