import type { Me } from '../../api/accounts/contract.ts';
import { ApiProblem, api, ask } from './api.ts';
import { rememberName } from './rememberedName.ts';

/** Who is signed in; also sets right what this browser remembers. */
export async function fetchMe(): Promise<Me | null> {
  const { me } = await ask(api.me.$get());
  rememberName(me?.name ?? null);
  return me;
}

/** Where to go after signing in: a page of this site, as the address asks, else where one works. */
export function returnPath(search: string, me: Me | null): string {
  const wanted = new URLSearchParams(search).get('next') ?? landing(me);
  const target = new URL(wanted, location.origin);
  return target.origin === location.origin && wanted.startsWith('/')
    ? target.pathname + target.search
    : landing(me);
}

/** The salon; the account for whoever has none, or cannot use their powers there yet. */
function landing(me: Me | null): string {
  const halfway = me?.secondFactor.required && !me.secondFactor.usedNow;
  return me && me.salons.length > 0 && !halfway ? '/salon/' : '/account/';
}

export const signInPath = (): string =>
  `/signin/?next=${encodeURIComponent(location.pathname + location.search)}`;

/** Whether the person must sign in before anything else can be shown. */
export const mustSignIn = (error: unknown): boolean =>
  error instanceof ApiProblem && error.code === 'signIn';

/**
 * The salon a page is about: named in the address, else mine, else the only one there is.
 * @returns its slug, or undefined when there is none to choose
 */
export async function currentSalon(me: Me | null): Promise<string | undefined> {
  const named = new URLSearchParams(location.search).get('salon');
  if (named) return named;
  const mine = me?.salons[0]?.slug;
  if (mine) return mine;
  const { salons } = await ask(api.salons.$get());
  return salons[0]?.slug;
}
