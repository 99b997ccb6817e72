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
        <h3>怎样核对这一页的程序</h3>
        <p>
          <a href="/ballot-code.json" target="_blank" rel="noopener">
            投票间全部程序的校验值
          </a>
          ：每个文件一行，后面是它的 SHA-256。
        </p>
        <ol>
          <li>在电脑上打开“网址/文件名”，另存下来。</li>
          <li>
            Windows 在命令行用 <code>certutil -hashfile 文件 SHA256</code>，苹果电脑用{' '}
            <code>shasum -a 256 文件</code>，算出它的校验值。
          </li>
          <li>
            和主办单位在别处（公告、工作群）公布的那一份对照；懂技术的人也可以自己从源代码构建一遍，得到同样的文件。
          </li>
        </ol>
      </details>
    </div>
  );
}

/** 3F8A 91C2 04DD 77E1 */
export const Fingerprint = ({ of }: { readonly of: string }) => (
  <code class="fingerprint">{shortFingerprint(of)}</code>
);
