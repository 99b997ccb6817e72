import type { Tx } from '../../db/client.ts';
import type { Context } from '../core/context.ts';

/** What the demo's parts are put together by. */

/** The demo's people and seats by what they sign in with. */
export interface DemoPlace {
  readonly salonId: string;
  readonly seats: ReadonlyMap<string, { readonly id: string; readonly community: string }>;
  readonly members: ReadonlyMap<
    string,
    { readonly personId: string; readonly unit: string; readonly name: string }
  >;
}

export const required = <T>(found: T | undefined, what: string): T => {
  if (found === undefined) throw new Error(`The demo has no ${what}`);
  return found;
};

export const seatIn = ({ seats }: DemoPlace, login: string) => required(seats.get(login), login);

/** Something that people were told of, and when: notices are read in the order they are written. */
export interface Told {
  readonly at: number;
  /** @param ctx its clock says when it was */
  readonly tell: (tx: Tx, ctx: Context) => void;
}
