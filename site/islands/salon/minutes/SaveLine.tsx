import { signInPath } from '../../../lib/session.ts';
import { clockOf } from '../../kit/time.ts';
import type { Saving } from './MinutesSaver.ts';

interface Props {
  readonly saving: Saving;
  /** Items that are not complete enough for the server. */
  readonly unfinished: number;
}

/** Quietly, what became of what was typed. */
export function SaveLine({ saving, unfinished }: Props) {
  const calm = saving.state === 'clean' || saving.state === 'saving' || saving.state === 'saved';
  return (
    <div class={calm ? 'save-line' : 'save-line trouble'}>
      <p role="status">
        {wordsOf(saving)}
        {calm && unfinished > 0 && `　${unfinished} 项没写完的待办先存在这台设备里。`}
      </p>
      {saving.state === 'signedOut' && <a href={signInPath()}>登录后接着写</a>}
      {saving.state === 'stale' && <a href="#stale">看两份的差别</a>}
    </div>
  );
}

function wordsOf(saving: Saving): string {
  switch (saving.state) {
    case 'clean':
      return '写到哪里存到哪里，公布之前只有轮值主席和主办单位看得到。';
    case 'saving':
      return '正在保存…';
    case 'saved':
      return `已保存 ${clockOf(saving.at)}`;
    case 'offline':
      return `没有连上，${keptWords(saving.kept)}连上后自动保存。`;
    case 'signedOut':
      return `登录已过期，${keptWords(saving.kept)}`;
    case 'refused':
      return `没有保存：${reasonOf(saving.problem)}。${keptWords(saving.kept)}`;
    case 'stale':
      return `别人刚改过，没有保存；${keptWords(saving.kept)}`;
  }
}

const keptWords = (kept: boolean): string => (kept ? '写的都在这台设备里。' : '请先不要关这一页。');

const reasonOf = ({ title, errors }: { title: string; errors: readonly { message: string }[] }) =>
  errors[0]?.message ?? title;
