import { type Rounds, SECRETARIES } from './rounds.ts';

const [first = '', second = '', third = '', fourth = ''] = SECRETARIES;

/** Who chairs once the first session is convened for November. */
export const START = { '2026-11': first, '2026-12': second, '2027-01': third, '2027-02': fourth };

/** The user name of who chairs each month, as the database has it. */
export const chairs = (salon: Rounds): Record<string, string> =>
  Object.fromEntries(
    salon
      .rows<{ month: string; login: string }>(
        `SELECT month, user_name AS login FROM turn
         LEFT JOIN tenure ON tenure.seat_id = turn.seat_id AND until IS NULL
         LEFT JOIN person ON person.id = person_id ORDER BY month`,
      )
      .map(({ month, login }) => [month, login]),
  );

export const takeLeave = (salon: Rounds, login: string, month: string, by = login) =>
  salon.send(by, 'POST', `/seats/${salon.seatOf(login)}/leaves`, { month, reason: '外出学习' });

export interface Swaps {
  readonly swaps: readonly {
    id: string;
    state: string;
    mayAnswer: boolean;
    mayWithdraw: boolean;
  }[];
  readonly mine: readonly string[];
  readonly leaves: readonly { month: string; reason: string; mayCancel: boolean }[];
}
/** Offers and leaves as someone sees them. */
export const readSwaps = (salon: Rounds, login: string) => salon.read<Swaps>(login, '/swaps');
