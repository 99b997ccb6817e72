import type { Card } from '../lib/search/format.ts';
import { Flags } from './Flags.tsx';

interface Props {
  card: Card;
  /** Why it is shown here, in the editors' words. */
  why?: string | undefined;
}

/** Drawn at build time in pages and in the browser by the list that filters. */
export function CaseCard({ card, why }: Props) {
  return (
    <article class="card">
      <p class="card-method">{card.names[0]}</p>
      <h3>
        <a href={card.url}>{card.title}</a>
      </h3>
      <p class="card-gist">{card.gist}</p>
      {why && (
        <p class="card-why">
          <span>合用的理由</span>
          {why}
        </p>
      )}
      <p class="card-meta">{card.meta}</p>
      <Flags flags={card.flags} />
    </article>
  );
}
