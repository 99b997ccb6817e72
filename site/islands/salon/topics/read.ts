import { ApiProblem, api, ask } from '../../../lib/api.ts';
import { loadPlace, type Place } from '../place.tsx';

const NOT_TAKING_PART = new ApiProblem({
  code: 'notTakingPart',
  status: 403,
  title: '选题由社区书记和主办单位进行',
  detail: '您可以在“沙龙”里看会议、席位和章程；会议上要讨论的议题写在会议页里。',
});

/** The salon, for those who choose topics. @throws {ApiProblem} for other members */
export async function loadTaking(): Promise<Place> {
  const place = await loadPlace();
  if (place.isMember && !place.isHost && !place.seat) throw NOT_TAKING_PART;
  return place;
}

/** @param month or `now` */
export const readRound = (salon: string, month: string) =>
  ask(api.salons[':salon'].rounds[':month'].$get({ param: { salon, month } }));
export type Round = Awaited<ReturnType<typeof readRound>>;
export type RoundTopic = Round['topics'][number];

/** The round at hand; null before the first. */
export async function readRoundNow(salon: string): Promise<Round | null> {
  try {
    return await readRound(salon, 'now');
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}

/**
 * The round that collects topics now, else the one that will next. While one is voted on, another
 * may already be collecting.
 * @param from the round at hand
 */
export async function readCollecting(salon: string, from: Round | null): Promise<Round | null> {
  const waits = from?.state === 'proposing' || from?.state === 'waiting';
  if (!from?.next || waits) return waits ? from : null;
  return readCollecting(salon, await readRound(salon, from.next));
}

export const readTopic = (salon: string, topic: string) =>
  ask(api.salons[':salon'].topics[':topic'].$get({ param: { salon, topic } }));
export type Topic = Awaited<ReturnType<typeof readTopic>>;

export type Stage = 'draft' | 'open' | 'chosen' | 'past';
export interface Wanted {
  readonly of: 'mine' | 'all';
  readonly stage?: Stage | undefined;
}

export const listTopics = (salon: string, { of, stage }: Wanted, cursor?: string | null) =>
  ask(
    api.salons[':salon'].topics.$get({
      param: { salon },
      query: { of, limit: '50', ...(stage && { stage }), ...(cursor && { cursor }) },
    }),
  );
export type TopicRow = Awaited<ReturnType<typeof listTopics>>['topics'][number];
