import type { Context } from '../../api/core/context.ts';
import { systemContext } from '../../api/core/systemContext.ts';
import type { TestApp } from './testApp.ts';

/** What a verb is given when this user asks; '' for a visitor. */
export function contextOf(
  t: TestApp,
  userName: string,
  { production = false, secondFactor = false } = {},
): Context {
  const actor = userName
    ? { personId: t.personId(userName), sessionId: 'test', isAdmin: false, secondFactor }
    : undefined;
  return { ...systemContext(t.services), production, actor };
}
