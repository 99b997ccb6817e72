import type { z } from 'zod';
import type { committeePage, motionRow } from '../../../../api/salon/committee/contract.ts';
import { api, ask } from '../../../lib/api.ts';
import { loadPlace } from '../place.tsx';

export type Committee = z.infer<typeof committeePage>;
export type Term = NonNullable<Committee['term']>;
export type Member = Term['members'][number];
export type Election = NonNullable<Committee['election']>;
export type Nominee = Election['nominees'][number];
export type Motion = z.infer<typeof motionRow>;

export const committeeApi = api.salons[':salon'].committee;
export const motionApi = api.salons[':salon'].motions;

export async function loadCommittee() {
  const place = await loadPlace();
  const committee = await ask(committeeApi.$get({ param: { salon: place.slug } }));
  return { place, committee };
}
