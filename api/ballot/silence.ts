/**
 * What may be logged of an error that no one foresaw: what it says of itself may quote a vote, as
 * JSON.parse does and a failed query with its parameters.
 */
export function withoutContent(error: unknown): { readonly kind: string; readonly code?: unknown } {
  if (!(error instanceof Error)) return { kind: typeof error };
  const source = 'code' in error ? error : error.cause;
  const code = source instanceof Error && 'code' in source ? source.code : undefined;
  return { kind: error.name, ...(code !== undefined && { code }) };
}
