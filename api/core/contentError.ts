/** What was written cannot be built; the message is Chinese and names the place. */
export class ContentError extends Error {
  // Known by its name: in a build the class exists once for each bundle.
  override name = 'ContentError';
}
