/** What someone wrote, as the server rendered it and sanitized it, both then and now. */
export const PostBody = ({ html }: { readonly html: string }) => (
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitized by the server on each reading
  <div class="post-body" dangerouslySetInnerHTML={{ __html: html }} />
);
