/** What a request path asks of the site folder. */
export type SitePath =
  | { readonly kind: 'file'; readonly segments: readonly string[] }
  | { readonly kind: 'folder'; readonly segments: readonly string[] }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'refused' };

// Separators and device or stream marks of any system, and control characters, NUL included.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const UNSAFE = /[\u0000-\u001f\u007f/\\:]/;

/** Sidecars are representations of another file, not files of their own. */
const SIDECAR = /\.(?:br|gz)$/i;

/**
 * Splits a raw (still percent-encoded) path into decoded names, each safe to join to a folder:
 * decoding happens after splitting, so an encoded separator can never become a real one.
 * @param pathname the path of a parsed URL, beginning with a slash
 */
export function readSitePath(pathname: string): SitePath {
  const parts = pathname.split('/').slice(1);
  const last = parts.at(-1);
  const folder = last === '';
  const encoded = folder ? parts.slice(0, -1) : parts;
  const segments: string[] = [];
  for (const part of encoded) {
    const name = decode(part);
    if (name === undefined) return { kind: 'malformed' };
    // A leading dot covers dot files as well as `.` and `..`; Windows drops a trailing dot or space.
    if (name === '' || name.startsWith('.') || /[. ]$/.test(name) || UNSAFE.test(name)) {
      return { kind: 'refused' };
    }
    segments.push(name);
  }
  if (!folder && SIDECAR.test(segments.at(-1) ?? '')) return { kind: 'refused' };
  return { kind: folder ? 'folder' : 'file', segments };
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** The path to send a browser to, encoded again from the decoded names. Never starts with `//`. */
export function folderAddress(segments: readonly string[]): string {
  return `/${segments.map((name) => `${encodeURIComponent(name)}/`).join('')}`;
}
