import type { InferRequestType } from 'hono/client';
import { api, ask } from '../../../lib/api.ts';
import { loadPlace } from '../place.tsx';

const one = api.salons[':salon'].sessions[':number'];

export const readMinutes = (salon: string, number: string) =>
  ask(one.minutes.$get({ param: { salon, number } }));
export type Minutes = Awaited<ReturnType<typeof readMinutes>>;
export type MinutesInput = InferRequestType<typeof one.minutes.$put>['json'];

const readSession = (salon: string, number: string) => ask(one.$get({ param: { salon, number } }));
export type Session = Awaited<ReturnType<typeof readSession>>;

/** The number in the address of a session's page, or of a page below it. */
const numberIn = (path: string): string => path.split('/')[3] ?? '';

/** `minutes` is null where there are none for this reader yet. */
export async function loadMinutes() {
  const place = await loadPlace();
  const number = numberIn(location.pathname);
  const session = await readSession(place.slug, number);
  const readable =
    session.state === 'closed' && (session.minutes === 'published' || session.may.draft);
  const minutes = readable ? await readMinutes(place.slug, number) : null;
  return { place, number: Number(number), session, minutes };
}
export type Loaded = Awaited<ReturnType<typeof loadMinutes>>;

/** Which session, as the client's calls name it. */
export const paramOf = ({ place, number }: Pick<Loaded, 'place' | 'number'>) => ({
  salon: place.slug,
  number: String(number),
});
