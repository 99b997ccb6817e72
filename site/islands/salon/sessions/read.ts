import { api, ask } from '../../../lib/api.ts';
import { readBallots, type SessionBallots } from '../ballots/read.ts';
import { loadPlace, type Place } from '../place.tsx';
import { keepTime } from './clock.ts';

export const listSessions = (salon: string, cursor?: string | null) =>
  ask(
    api.salons[':salon'].sessions.$get({
      param: { salon },
      query: { limit: '24', ...(cursor && { cursor }) },
    }),
  );
export type SessionRow = Awaited<ReturnType<typeof listSessions>>['sessions'][number];

/** The address of a session, as the API takes it. */
export interface SessionParam {
  readonly salon: string;
  readonly number: string;
}
export const sessionApi = api.salons[':salon'].sessions[':number'];

export async function readSession(param: SessionParam) {
  return ask(sessionApi.$get({ param }).then(keepTime));
}
export type Session = Awaited<ReturnType<typeof readSession>>;
export type Guest = Session['guests'][number];
export type Attendance = Session['attendance'];

/** What every part of a session's page works on. */
export interface Meeting {
  readonly place: Place;
  readonly param: SessionParam;
  readonly session: Session;
  readonly ballots: SessionBallots;
}

/** The session that the page's own address names: /salon/sessions/<n>/… */
export async function loadMeeting(): Promise<Meeting> {
  const place = await loadPlace();
  const param = { salon: place.slug, number: location.pathname.split('/')[3] ?? '' };
  const [session, ballots] = await Promise.all([readSession(param), readBallots(param)]);
  return { place, param, session, ballots };
}

export const attachmentUrl = ({ salon, number }: SessionParam, id: string): string =>
  `/api/salons/${salon}/sessions/${number}/attachments/${id}`;
/** What the QR code on the screen says. */
export const checkInUrl = ({ salon, number }: SessionParam, code: string): string =>
  `${location.origin}/salon/check-in/?${new URLSearchParams({ salon, n: number, code })}`;
