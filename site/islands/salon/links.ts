/** The addresses of the salon's pages; each carries the salon that it is of. */

type Count = number | string;

export const homeUrl = (salon: string): string => `/salon/?salon=${salon}`;
export const seatsUrl = (salon: string): string => `/salon/seats/?salon=${salon}`;
export const rulesUrl = (salon: string): string => `/salon/rules/?salon=${salon}`;

/** The robots of group chats; for the host. */
export const webhooksUrl = (salon: string): string => `/salon/webhooks/?salon=${salon}`;

export const topicUrl = (salon: string, id: string): string =>
  `/salon/topics/${id}/?salon=${salon}`;
export const editUrl = (salon: string, id: string): string =>
  `/salon/topics/edit/?topic=${id}&salon=${salon}`;
export const newUrl = (salon: string): string => `/salon/topics/new/?salon=${salon}`;
export const allTopicsUrl = (salon: string): string => `/salon/topics/all/?salon=${salon}`;
/** @param month of the round; without one the round at hand */
export const roundUrl = (salon: string, month?: string): string =>
  `/salon/topics/?${month ? `month=${month}&` : ''}salon=${salon}`;

/**
 * 投票间: a ballot is cast there, apart from everything that is signed in. A browser sends the
 * session's cookie with every page of its site, and no link can forbid that; a narrower path would
 * cost the cookie its `__Host-`. So the server neither reads nor notes it there: the page is a file.
 */
export const boothUrl = (
  salon: string,
  ballot: { readonly id: string; readonly secondId: string | null },
  number: Count,
): string =>
  `/salon/booth/?ballot=${ballot.id}${ballot.secondId ? `&second=${ballot.secondId}` : ''}&salon=${salon}&n=${number}`;
export const committeeUrl = (salon: string): string => `/salon/committee/?salon=${salon}`;
/** The result of a ballot. */
export const ballotUrl = (salon: string, id: string): string =>
  `/salon/ballots/${id}/?salon=${salon}`;
/** 公示: the exact bytes that its hash is of. */
export const bulletinUrl = (salon: string, id: string, paper: 'first' | 'second'): string =>
  `/api/salons/${salon}/ballots/${id}/bulletin.json?paper=${paper}`;

export const sessionsUrl = (salon: string): string => `/salon/sessions/?salon=${salon}`;
export const sessionUrl = (salon: string, number: Count): string =>
  `/salon/sessions/${number}/?salon=${salon}`;
export const screenUrl = (salon: string, number: Count): string =>
  `/salon/sessions/${number}/screen/?salon=${salon}`;
export const minutesUrl = (salon: string, number: Count): string =>
  `/salon/sessions/${number}/minutes/?salon=${salon}`;
/** The Word file. */
export const minutesFileUrl = (salon: string, number: Count): string =>
  `/api/salons/${salon}/sessions/${number}/minutes.docx`;
/** The page of the knowledge base; it is there from the next build on. */
export const publishedUrl = (salon: string, number: Count): string =>
  `/sessions/${salon}/${number}/`;

export const actionsUrl = (salon: string): string => `/salon/actions/?salon=${salon}`;
export const actionUrl = (salon: string, id: string): string =>
  `/salon/actions/${id}/?salon=${salon}`;
