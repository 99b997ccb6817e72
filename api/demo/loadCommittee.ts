import type { Tx } from '../../db/client.ts';
import { nominee } from '../../db/schema/index.ts';
import type { Context } from '../core/context.ts';
import { notify } from '../notices/notify.ts';
import { holdersOf } from '../salon/audience.ts';
import { callFirstElection, moveElection } from '../salon/committee/elections.ts';
import { pendingElection } from '../salon/committee/find.ts';
import type { DemoPlace } from './place.ts';

/** Who stands, and who has not answered yet; 渭运社区, who chairs the fourth session, is neither. */
const STANDING = ['jingyi', 'shantuo', 'shequ4', 'shequ5'] as const;
const ASKED = 'shequ6';

/**
 * The election that the third session's minutes called: its candidates stand, so that it can be held
 * at the session that is going on.
 * @param ctx its clock says when the minutes were published
 */
export function loadCommittee(tx: Tx, ctx: Context, { salonId, seats }: DemoPlace): void {
  callFirstElection(tx, ctx, salonId, 3);
  const called = pendingElection(tx, salonId);
  if (!called) throw new Error('The demo has no election');
  const seatOf = (login: string): string => seats.get(login)?.id ?? '';
  const name = (login: string, state: 'asked' | 'accepted', by: string) =>
    tx
      .insert(nominee)
      .values({ electionId: called.id, seatId: seatOf(login), bySeatId: seatOf(by), state })
      .run();
  for (const login of STANDING) name(login, 'accepted', login);
  name(ASKED, 'asked', STANDING[0]);
  const community = seats.get(STANDING[0])?.community ?? '';
  const to = holdersOf(tx, [seatOf(ASKED)]);
  notify(tx, ctx, { salonId, kind: 'nominee.asked', data: { community }, to });
  moveElection(tx, ctx, called, 'ready');
}
