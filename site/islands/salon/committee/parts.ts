import type { Place } from '../place.tsx';
import type { Committee } from './read.ts';

/** What each part of the committee's page is given. */
export interface PartProps {
  readonly place: Place;
  readonly committee: Committee;
  readonly reload: () => void;
}
