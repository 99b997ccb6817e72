import type { Piece } from './snippet.ts';

/** A text with what was searched for marked in it. */
export function Marked({ pieces }: { readonly pieces: readonly Piece[] }) {
  return (
    <>{pieces.map(({ text, hit }, index) => (hit ? <mark key={index}>{text}</mark> : text))}</>
  );
}
