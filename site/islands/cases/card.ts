import type { Card } from '../../lib/search/format.ts';

const known = new Map<string, Promise<Card>>();

/** What a list shows of a case. Rejects when it cannot be had; the next one asks again. */
export function caseCard(id: string): Promise<Card> {
  let card = known.get(id);
  if (!card) {
    card = fetch(`/cases/${id}/card.json`).then((response) => {
      if (!response.ok) throw new Error(`cases/${id}/card.json: ${response.status}`);
      return response.json() as Promise<Card>;
    });
    known.set(id, card);
    card.catch(() => known.delete(id));
  }
  return card;
}
