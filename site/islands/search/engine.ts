import { Engine } from '../../lib/search/engine.ts';

/** The one engine of a page: its files are shared by the dialog, the list and the comparison. */
export const engine = new Engine(async (path) => {
  const response = await fetch(`/search/${path}`);
  if (!response.ok) throw new Error(`search/${path}: ${response.status}`);
  return response.arrayBuffer();
});
