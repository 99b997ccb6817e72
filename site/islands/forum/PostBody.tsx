/** What someone wrote, as the server rendered it and sanitized it, both then and now. */
export const PostBody = ({ html }: { readonly html: string }) => (
  <div class="post-body" dangerouslySetInnerHTML={{ __html: html }} />
);
