/** The type of the whole API, for the site's typed client. Types only: nothing of it is bundled. */
export type { Api } from './app.ts';
