import { isBusy } from '../../../db/constraints.ts';
import { ballot } from '../../../db/schema/index.ts';
import type { BallotBox } from '../../ballot/box.ts';
import type { Context, Services } from '../../core/context.ts';
import { systemContext } from '../../core/systemContext.ts';
import { settingsOf } from '../charter.ts';
import { IS_OPEN } from '../committee/find.ts';
import { decidedSettings } from '../salons.ts';
import { type Ballot, ballotOfPaper, salonOf } from './find.ts';
import { isOver, owedByBox, owedByDatabase } from './rules.ts';
import { settleBallot, voidFromBox } from './settle.ts';

const MINUTE = 60_000;

/** The look that is going on in each box, so that no two do the same. */
const looks = new WeakMap<BallotBox, Promise<void>>();

/**
 * Brings database and ballot box into step: what one has decided is done in the other. This is how
 * every ballot goes on, and so what a stop in between or a restored backup left behind goes on too.
 * @param first at the start, when nobody can be calling a ballot: those without a row are void
 */
export function reconcile(services: Services, { first = false } = {}): Promise<void> {
  const before = looks.get(services.ballots) ?? Promise.resolve();
  const look = before.then(() => bringIntoStep(systemContext(services), first));
  looks.set(
    services.ballots,
    look.catch(() => {}),
  );
  return look;
}

async function bringIntoStep(ctx: Context, first: boolean): Promise<void> {
  const open = ctx.db.orm.select().from(ballot).where(IS_OPEN).all();
  for (const row of open) await alone(ctx, () => follow(ctx, row));
  for (const { id, phase } of ctx.ballots.list()) {
    if (isOver(phase)) continue;
    const row = ballotOfPaper(ctx.db.orm, id);
    const owed = row || first ? owedByBox(row?.state, phase) : undefined;
    const reason = row?.voidReason ?? 'restored';
    if (owed === 'void') await alone(ctx, () => ctx.ballots.void(id, reason));
    if (owed === 'closeTaking' && row) await alone(ctx, () => closeTaking(ctx, row, id));
  }
}

/** One ballot's trouble is not another's: it is logged, and the next look tries again. */
async function alone(ctx: Context, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isBusy(error)) ctx.log.error({ err: error }, 'a step of a ballot failed');
  }
}

async function closeTaking(ctx: Context, row: Ballot, id: string): Promise<void> {
  const { due, attending } = row;
  if (due === null || attending === null) throw new Error(`Ballot ${row.id} has no roll`);
  const { castingMinutes } = settingsOf(decidedSettings(salonOf(ctx.db.orm, row)));
  await ctx.ballots.closeTaking(id, { due, attending, castingMs: castingMinutes * MINUTE });
  ctx.changes.count += 1;
  ctx.live.changed(row.salonId);
}

/** The database follows the box. */
async function follow(ctx: Context, row: Ballot): Promise<void> {
  const { ballots } = ctx;
  const facts = ballots.facts(row.id);
  const owed = owedByDatabase(row.state, facts?.phase);
  const outcome = owed === 'settle' ? ballots.outcome(row.id) : undefined;
  if (outcome) await settleBallot(ctx, row, outcome);
  if (owed === 'void') await voidFromBox(ctx, row, facts?.voidReason ?? 'restored');
  if (owed === 'restored') await voidFromBox(ctx, row, 'restored');
  // While taking, each seat takes both papers or none.
  const second = row.secondId && row.state === 'taking' ? ballots.facts(row.secondId) : undefined;
  if (!owed && second?.phase === 'void') {
    await voidFromBox(ctx, row, second.voidReason ?? 'restored');
  }
}
