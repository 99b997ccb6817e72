import { shortFingerprint } from '../../../lib/ballots/bytes.ts';
import { Limits } from './Limits.tsx';
import { COMPARE_KEY, WHY_HIDDEN } from './words.ts';

/** Why nobody can see a vote, what is not hidden, and how to check the page itself. */
export function Explain({ fingerprint }: { readonly fingerprint: string }) {
  return (
    <div class="ballot-explain">
      <details>
        <summary>为什么没有人能看到您投了什么</summary>
        <ol class="plain why-hidden">
          {WHY_HIDDEN.map(([title, text]) => (
            <li key={title}>
              <strong>{title}</strong>
              {text}
            </li>
          ))}
        </ol>
        <p class="key-line">
          本次密钥的指纹：
          <Fingerprint of={fingerprint} />
        </p>
        <p class="hint">{COMPARE_KEY}</p>
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
