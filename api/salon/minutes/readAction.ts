import { and, asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { actionItem, actionNote, session, topic } from '../../../db/schema/index.ts';
import { type Action, may, type Standing } from '../../access/rules.ts';
import { allow, findSalon, type Salon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { dayOf } from '../../core/day.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { attachmentsOf } from '../attachments.ts';
import type { actionPage } from './contract.ts';
import { type ActionItem, actionRowOf, ownIn } from './listActions.ts';
import { relationsToAction } from './owners.ts';

/** Which action item. */
export interface AtAction {
  readonly salon: string;
  readonly action: string;
}

export interface FoundAction {
  readonly salon: Salon;
  readonly item: ActionItem;
  readonly standings: ReadonlySet<Standing>;
}

/** An item that stands on the board, if the actor may do this with it. @throws {Refused} */
export function allowAction(
  reader: Reader,
  ctx: Context,
  action: Action,
  { salon: slug, action: id }: AtAction,
): FoundAction {
  const salon = findSalon(reader, slug);
  const item = reader
    .select()
    .from(actionItem)
    .where(
      and(eq(actionItem.id, id), eq(actionItem.salonId, salon.id), eq(actionItem.published, true)),
    )
    .get();
  const relations = item ? relationsToAction(reader, ctx, item) : [];
  const standings = allow(reader, ctx, action, salon, relations);
  if (!item) throw new Refused(CORE.notFound);
  return { salon, item, standings };
}

const notesOf = (reader: Reader, actionId: string) =>
  reader
    .select({
      unit: actionNote.unit,
      state: actionNote.state,
      text: actionNote.text,
      at: actionNote.at,
    })
    .from(actionNote)
    .where(eq(actionNote.actionId, actionId))
    .orderBy(asc(actionNote.position))
    .all()
    .map((one) => ({ ...one, at: new Date(one.at).toISOString() }));

export const topicsOfSession = (reader: Reader, sessionId: string) =>
  reader
    .select({ id: topic.id, title: topic.title })
    .from(topic)
    .where(eq(topic.sessionId, sessionId))
    .orderBy(asc(topic.createdAt), asc(topic.id))
    .all();

/** An action item, the work on it, its evidence and where it comes from. */
export function readAction(ctx: Context, at: AtAction): z.infer<typeof actionPage> {
  const reader = ctx.db.orm;
  const { salon, item, standings } = allowAction(reader, ctx, 'action.read', at);
  const of = reader
    .select({ number: session.number, month: session.month })
    .from(session)
    .where(eq(session.id, item.sessionId))
    .get();
  if (!of) throw new Refused(CORE.notFound);
  const own = ownIn(reader, ctx, salon.id, standings.has('host'));
  return {
    ...actionRowOf(item, of, own, dayOf(ctx.clock())),
    notes: notesOf(reader, item.id),
    attachments: attachmentsOf(reader, { actionId: item.id }),
    topics: topicsOfSession(reader, item.sessionId),
    mayWork: may(standings, 'action.work'),
  };
}
