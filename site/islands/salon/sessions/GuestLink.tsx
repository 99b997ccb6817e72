import { useEffect, useRef } from 'preact/hooks';
import { Qr } from '../../kit/qr.tsx';

/** A guest's link just made, brought before the eyes: it is shown this once. */
export function GuestLink({ name, link }: { name: string; link: string }) {
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    card.current?.scrollIntoView({ block: 'center' });
    card.current?.focus({ preventScroll: true });
  }, [link]);
  return (
    <div class="passes" role="status" tabIndex={-1} ref={card}>
      <div class="pass" role="group" aria-label={`${name}的邀请链接`}>
        <Qr text={link} label={`${name}的二维码`} />
        <div>
          <p>
            <strong>{name}</strong>
          </p>
          <p>请把链接发给本人，或让对方扫二维码：</p>
          <p class="secret-link">
            <code>{link}</code>
          </p>
          <div class="bar">
            <button class="button" type="button" data-copy-text={link}>
              复制链接
            </button>
          </div>
          <p class="hint">链接只显示这一次，只对这一期有效。发错了，可以“换一个链接”。</p>
        </div>
      </div>
    </div>
  );
}
