import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Card } from '../../../lib/search/format.ts';
import { caseCard } from '../../cases/card.ts';

/** A case of the library by its id, as it is called there; the id alone while it cannot be asked. */
export function CaseLink({ id, children }: { id: string; children?: ComponentChildren }) {
  const [card, setCard] = useState<Card>();
  useEffect(() => {
    caseCard(id).then(setCard, () => {});
  }, [id]);
  return <CaseRow url={`/cases/${id}/`} card={card} name={id} action={children} />;
}

interface RowProps {
  readonly url: string;
  readonly card: Card | undefined;
  /** What it is called until its card is there. */
  readonly name: string;
  readonly action?: ComponentChildren;
}

export function CaseRow({ url, card, name, action }: RowProps) {
  return (
    <div class="case-row">
      <span>
        <a class="tap-link" href={url}>
          {card?.title ?? name}
        </a>
        {card && (
          <small>
            {card.names[0]} · {card.meta}
          </small>
        )}
      </span>
      {action}
    </div>
  );
}
