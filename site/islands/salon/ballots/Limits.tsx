import { BallotCode } from './BallotCode.tsx';
import { LIMITS, LIMITS_LEAD, PROMISE } from './limits.ts';

/** The promise of the secret ballot, its limits and how to check; the heading is the page's. */
export function Limits() {
  return (
    <>
      <p>{PROMISE}</p>
      <p>{LIMITS_LEAD}</p>
      <ul class="limits">
        {LIMITS.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <BallotCode />
    </>
  );
}
