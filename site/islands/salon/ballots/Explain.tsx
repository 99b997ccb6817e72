import { shortFingerprint } from '../../../lib/ballots/bytes.ts';
import { Limits } from './Limits.tsx';
import { COMPARE_KEY, PICTURE, WHY_HIDDEN } from './words.ts';

/** How a vote is kept secret: in a picture, then exactly, and what is not hidden. */
export function Explain({ fingerprint }: { readonly fingerprint: string }) {
  return (
    <div class="ballot-explain">
      <h3>怎么保密：好比隔着信封盖章</h3>
      <dl class="picture">
        {PICTURE.map(([when, text]) => (
          <div key={when}>
            <dt>{when}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>怎么做到的</summary>
        <ol class="plain why-hidden">
          {WHY_HIDDEN.map(([title, text]) => (
            <li key={title}>
              <strong>{title}</strong>
              {text}
            </li>
          ))}
        </ol>
        <p class="hint">
          {COMPARE_KEY}本次的核对码：
          <Fingerprint of={fingerprint} />
        </p>
      </details>
      <details>
        <summary>哪些是藏不住的</summary>
        <Limits />
      </details>
    </div>
  );
}

/** 3F8A 91C2 04DD 77E1 */
export const Fingerprint = ({ of }: { readonly of: string }) => (
  <code class="fingerprint">{shortFingerprint(of)}</code>
);
