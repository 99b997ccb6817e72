import { useEffect } from 'preact/hooks';
import { ask, once } from '../../../../lib/api.ts';
import { ActionButton } from '../../../kit/ActionButton.tsx';
import { ProblemNote } from '../../../kit/problem.tsx';
import { useTry } from '../../../kit/useTry.ts';
import { sessionUrl } from '../../links.ts';
import { neighbour } from '../agenda.ts';
import { sessionApi } from '../read.ts';
import type { PartProps } from '../SessionPage.tsx';
import { useStrip } from './useStrip.ts';

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, select, textarea') !== null;

interface Props extends PartProps {
  /** Of the last ballot. */
  readonly outcome?: { readonly isShown: boolean; readonly toggle: () => void } | undefined;
}

/** For chair and host: the agenda back and forth (← →), begin, end. Gone while nobody stirs. */
export function Controls({ place, param, session, reload, outcome }: Props) {
  const seen = useStrip();
  const { agenda, current, state, attendance } = session;
  const { busy, problem, attempt } = useTry();
  const before = neighbour(agenda, current, -1);
  const next = neighbour(agenda, current, 1);
  const go = (item: string | null | undefined) => {
    if (item === undefined || state !== 'open') return;
    attempt(async (key) => {
      await ask(sessionApi.current.$put({ param, json: { item } }, once(key)));
      reload();
    });
  };
  useEffect(() => {
    const onKeyDown = ({ key, target, altKey, ctrlKey, metaKey }: KeyboardEvent) => {
      if (typing(target) || altKey || ctrlKey || metaKey) return;
      if (key === 'ArrowRight') go(next);
      if (key === 'ArrowLeft') go(before);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  });
  return (
    <nav class={seen ? 'screen-strip' : 'screen-strip gone'} aria-label="会议控制">
      {state === 'planned' && (
        <ActionButton
          primary
          act={async (key) => {
            await ask(sessionApi.open.$post({ param }, once(key)));
            reload();
          }}
        >
          开始会议和签到
        </ActionButton>
      )}
      {state === 'open' && (
        <>
          <button
            class="button"
            type="button"
            aria-disabled={busy || before === undefined}
            onClick={() => go(before)}
          >
            ← 上一项
          </button>
          <button
            class="button primary"
            type="button"
            aria-disabled={busy || next === undefined}
            onClick={() => go(next)}
          >
            {current ? '下一项 →' : '开始第一项 →'}
          </button>
          <ActionButton
            confirm={`结束会议？已签到 ${attendance.present} / ${attendance.due}，结束后签到不能再改。`}
            act={async (key) => {
              await ask(sessionApi.close.$post({ param }, once(key)));
              reload();
            }}
          >
            结束会议
          </ActionButton>
        </>
      )}
      {outcome && (
        <button class="button" type="button" onClick={outcome.toggle}>
          {outcome.isShown ? '收起表决结果' : '显示表决结果'}
        </button>
      )}
      <button
        class="button"
        type="button"
        onClick={() => document.documentElement.requestFullscreen?.()}
      >
        全屏
      </button>
      <a class="button" href={sessionUrl(place.slug, param.number)}>
        回到这一期
      </a>
      <ProblemNote problem={problem} />
    </nav>
  );
}
