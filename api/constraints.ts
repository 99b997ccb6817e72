import { ACCOUNTS } from './accounts/refusals.ts';
import type { ConstraintMeanings } from './core/http/errors.ts';
import { CORE } from './core/refused.ts';
import { FORUM } from './forum/refusals.ts';
import { SALON } from './salon/refusals.ts';

/** What each named constraint and unique index of db/migrations means to a person. */
export const CONSTRAINTS: ConstraintMeanings = {
  'person.phone': ACCOUNTS.loginTaken,
  'person.user_name': ACCOUNTS.loginTaken,
  'person.email': ACCOUNTS.loginTaken,
  'salon.slug': SALON.slugTaken,
  'seat.salon_id, seat.community': SALON.communityTaken,
  'membership.salon_id, membership.person_id, membership.role': SALON.alreadyMember,
  'tenure.person_id': SALON.alreadySeated,
  'session.salon_id, session.month': SALON.monthTaken,
  'session.salon_id, session.number': CORE.conflict,
  'report.post_seq, report.reporter_id': FORUM.alreadyReported,
  attendance_closed: SALON.attendanceClosed,
  ballot_roll_closed: SALON.ballotState,
};
