import { useEffect, useRef } from 'preact/hooks';
import { Qr } from '../kit/qr.tsx';
import { momentInWords } from '../kit/time.ts';

export interface Pass {
  readonly kind: 'invitation' | 'reset' | 'setup';
  readonly link: string;
  readonly code: string;
  readonly expiresAt: string;
}

/** An invitation or reset code to hand over: scan, open or type. Printed as a slip. */
export function PassCard({ pass, name }: { pass: Pass; name: string }) {
  const what = pass.kind === 'reset' ? '重置密码' : '加入圆桌';
  return (
    <div class="pass" role="group" aria-label={`${name}：${what}`}>
      <Qr text={pass.link} label={`${name}的二维码`} />
      <div>
        <p>
          <strong>{name}</strong>　{what}
        </p>
        <p>扫二维码，或打开链接：</p>
        <p class="secret-link">
          <code>{pass.link}</code>
        </p>
        <p>
          或到 {new URL(pass.link).host}/join/ 输入：<code class="secret">{pass.code}</code>
        </p>
        <p class="hint">到 {momentInWords(pass.expiresAt)} 有效，只能用一次。请只交给本人。</p>
        <div class="bar needs-js">
          <button class="button" type="button" data-copy-text={pass.link}>
            复制链接
          </button>
        </div>
      </div>
    </div>
  );
}

/** A pass just made, brought before the eyes of whoever made it, wherever on the page they were. */
export function HandedPass({ pass, name }: { pass: Pass; name: string }) {
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    card.current?.scrollIntoView({ block: 'center' });
    card.current?.focus({ preventScroll: true });
  }, [pass.code]);
  return (
    <div class="passes" role="status" tabIndex={-1} ref={card}>
      <PassCard name={name} pass={pass} />
    </div>
  );
}
