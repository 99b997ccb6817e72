/** Milliseconds by which the server's clock is ahead of this device's. */
let ahead = 0;

/** Learns the server's time from the date of an answer, which tells whole seconds. */
export function keepTime<R extends { readonly headers: Pick<Headers, 'get'> }>(response: R): R {
  const told = Date.parse(response.headers.get('date') ?? '');
  if (!Number.isNaN(told)) ahead = told + 500 - Date.now();
  return response;
}

/** The time at the server, in ms: a projector's computer is often minutes off. */
export const serverNow = (): number => Date.now() + ahead;
