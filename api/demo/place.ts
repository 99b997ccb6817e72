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
