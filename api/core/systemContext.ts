import type { Context, Services } from './context.ts';

/** The installation itself at work, on behalf of no one. */
export const systemContext = (services: Services): Context => ({
  ...services,
  actor: undefined,
  requestId: 'system',
  address: '',
  origin: 'http://localhost',
  replayKey: undefined,
});
