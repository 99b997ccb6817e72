import { Qr } from '../../../kit/qr.tsx';
import { checkInUrl, type SessionParam } from '../read.ts';
import { useNow } from '../useNow.ts';
import { isGood, shareLeft } from './code.ts';
import { useCode } from './useCode.ts';

/** The QR code and the six digits, with a quiet ring that shows how long they last. */
export function CodePanel({ param }: { param: SessionParam }) {
  const code = useCode(param, true);
  const now = useNow(500);
  if (!code) return <p class="screen-code waiting">正在取签到码…</p>;
  if (!isGood(code, now)) {
    return (
      <div class="screen-code lost" role="alert">
        <p>没有连上，签到码暂时不能用。</p>
        <p>正在重新连接。急用时，请轮值主席代签。</p>
      </div>
    );
  }
  return (
    <div class="screen-code">
      <p class="screen-how">扫码签到</p>
      <Qr text={checkInUrl(param, code.code)} label="签到二维码" />
      <p class="screen-how">或在这一期的页面输入</p>
      <p class="screen-digits">
        <span class="digits">
          <span>{code.code.slice(0, 3)}</span>
          <span>{code.code.slice(3)}</span>
        </span>
        <Countdown share={shareLeft(code, now)} />
      </p>
    </div>
  );
}

const ROUND = 2 * Math.PI * 9;

const Countdown = ({ share }: { share: number }) => (
  <svg class="countdown" viewBox="-11 -11 22 22" aria-hidden="true">
    <circle class="countdown-all" r="9" />
    <circle
      class="countdown-left"
      r="9"
      transform="rotate(-90)"
      stroke-dasharray={`${(share * ROUND).toFixed(2)} ${ROUND.toFixed(2)}`}
    />
  </svg>
);
