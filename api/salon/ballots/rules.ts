import type { Phase } from '../../ballot/rules.ts';

/** How a ballot is signed in to, and how it can end (salon-rules §3, §6). Pure; times in ms. */

export const BALLOT_STATES = ['taking', 'casting', 'decided', 'void'] as const;
export type BallotState = (typeof BALLOT_STATES)[number];

/** Why a ballot does not count, as its page says it. */
export const VOID_REASONS = {
  tooFew: '领票的不足 3 席，票少了就没有秘密可言；本次表决作废，留到下一期沙龙再办。',
  quorum: '签到的席位没有达到规定的比例，本次表决作废，留到下一期沙龙再办。',
  keyLost: '领票还没有结束，签票的密钥就因服务器中断而丢失；已领的票作废，表决重新开始。',
  restored: '服务器从备份恢复，当时正在进行的表决作废，须重新开始。',
  tooMany: '收回的票多于发出的票，本次表决作废，须重新开始。',
} as const;
export type VoidReason = keyof typeof VOID_REASONS;

/** @param reason as it is stored */
export const voidWords = (reason: string): string =>
  Object.hasOwn(VOID_REASONS, reason) ? VOID_REASONS[reason as VoidReason] : '本次表决作废。';

/**
 * Whether the sign-in may close. Nobody is waited for once all have taken their ballot or declined
 * it, so that needs no announcement.
 */
export function mayCloseSignIn({
  now,
  announcedAt,
  waiting,
  waitMs,
}: {
  readonly now: number;
  /** When the screen first said that the sign-in closes. */
  readonly announcedAt: number | null;
  /** Seats signed in that have neither taken their ballot nor declined it. */
  readonly waiting: number;
  readonly waitMs: number;
}): 'yes' | 'announceFirst' | 'wait' {
  if (waiting === 0) return 'yes';
  // A clock that was set back would else make everybody wait for it to catch up.
  if (announcedAt === null || announcedAt > now) return 'announceFirst';
  return now - announcedAt >= waitMs ? 'yes' : 'wait';
}

/** Who closes it: the chair, unless the ballot is about the chair or there is none. */
export const presiderOf = ({
  chairSeat,
  interested,
}: {
  readonly chairSeat: string | null;
  /** Seats of the committee's members and of the nominees. */
  readonly interested: ReadonlySet<string>;
}): 'chair' | 'host' => (chairSeat === null || interested.has(chairSeat) ? 'host' : 'chair');

/** Of a ballot in the box. */
export const isOver = (phase: Phase): boolean => phase === 'closed' || phase === 'void';

/**
 * What the ballot box is behind with: every step is taken in the database first, and what a stop
 * of the server cut off is done at the next look.
 * @param state of the row in the database; undefined where none names this ballot
 */
export function owedByBox(
  state: BallotState | undefined,
  phase: Phase,
): 'closeTaking' | 'void' | undefined {
  if (isOver(phase)) return undefined;
  if (state === undefined || state === 'void') return 'void';
  if (state === 'taking') return phase === 'taking' ? undefined : 'void';
  return phase === 'taking' ? 'closeTaking' : undefined;
}

/**
 * What the database is behind with. A box that lacks the ballot, or is further than the sign-in, was
 * restored from a backup, or the database was.
 * @param phase of the ballot in the box; undefined where the box does not know it
 */
export function owedByDatabase(
  state: BallotState,
  phase: Phase | undefined,
): 'settle' | 'void' | 'restored' | undefined {
  if (state === 'decided' || state === 'void') return undefined;
  if (phase === undefined) return 'restored';
  if (phase === 'void') return 'void';
  if (state === 'taking') return phase === 'taking' ? undefined : 'restored';
  return phase === 'closed' ? 'settle' : undefined;
}
