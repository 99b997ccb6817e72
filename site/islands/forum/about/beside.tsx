import { render } from 'preact';
import type { PlaceKind } from '../../../../api/forum/contract.ts';
import { Talk } from './Talk.tsx';

/** What has pages that are built. */
const LIBRARY = ['theme', 'case', 'method'] as const satisfies readonly PlaceKind[];

/** @param part as Discussion.astro wrote it */
export function showTalk(part: HTMLElement): void {
  const { discussion, of: id } = part.dataset;
  const kind = LIBRARY.find((one) => one === discussion);
  if (!kind || !id) return;
  part.replaceChildren();
  render(<Talk place={{ kind, key: id }} level={3} />, part);
}
