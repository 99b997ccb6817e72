import type { Reader } from '../../../db/client.ts';
import { type Ballot, sessionOf, titleOfBallot } from './find.ts';

/** What a notice says of a ballot. */
export const inNotice = (reader: Reader, found: Ballot) => ({
  ballot: found.id,
  number: sessionOf(reader, found).number ?? 0,
  title: titleOfBallot(reader, found),
});
