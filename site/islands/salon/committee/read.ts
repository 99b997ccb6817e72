import type { z } from 'zod';
import type { committeePage } from '../../../../api/salon/committee/contract.ts';
import { api, ask, once } from '../../../lib/api.ts';
import { loadPlace } from '../place.tsx';
import { readRoundNow } from '../topics/read.ts';
import { memberIn } from './members.ts';

export type Committee = z.infer<typeof committeePage>;
export type Term = NonNullable<Committee['term']>;
export type Member = Term['members'][number];
export type Election = NonNullable<Committee['election']>;
export type Nominee = Election['nominees'][number];
export type Motion = Committee['motions'][number];

export const committeeApi = api.salons[':salon'].committee;
export const motionApi = api.salons[':salon'].motions;

type Moved = Parameters<typeof motionApi.$post>[0]['json'];
/** A motion, signed by whoever moves it. */
export const move = (json: Moved, salon: string, key: string) =>
  ask(motionApi.$post({ param: { salon }, json }, once(key)));

export async function loadCommittee() {
  const place = await loadPlace();
  const committee = await ask(committeeApi.$get({ param: { salon: place.slug } }));
  const isMember = memberIn(committee, place.seat?.id) !== undefined;
  return { place, committee, round: isMember ? await readRoundNow(place.slug) : null };
}
