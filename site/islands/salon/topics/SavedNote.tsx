import { signInPath } from '../../../lib/session.ts';
import { clockOf } from '../../kit/time.ts';
import type { Saving } from './TopicSaver.ts';

/** A phone, or something on a desk. */
const device = (): string => (matchMedia('(pointer: coarse)').matches ? '手机' : '电脑');

/** Quietly, what became of what was typed. */
export function SavedNote({ saving, anew }: { saving: Saving; anew: () => void }) {
  return (
    <div class="saved-note">
      <p role="status">{words(saving)}</p>
      {saving.state === 'signedOut' && (
        <a class="button" href={signInPath()}>
          登录后接着写
        </a>
      )}
      {saving.state === 'refused' && saving.problem.status === 409 && (
        <button class="button" type="button" onClick={anew}>
          另存为新草稿
        </button>
      )}
    </div>
  );
}

function words(saving: Saving): string {
  switch (saving.state) {
    case 'clean':
      return '写到哪里存到哪里，提出之前只有本席位看得到。';
    case 'typing':
    case 'saving':
      return '正在保存…';
    case 'saved':
      return `已保存 ${clockOf(saving.at)}`;
    case 'offline':
      return `没有连上，${keptWords(saving.kept)}`;
    case 'signedOut':
      return `登录已过期，${keptWords(saving.kept)}`;
    case 'refused':
      return `没有存到服务器：${firstOf(saving.problem)}${keptWords(saving.kept)}`;
  }
}

const keptWords = (kept: boolean): string =>
  kept ? `先存在这台${device()}里。` : `这台${device()}不让网页存东西，请先不要关这一页。`;

const firstOf = ({ title, errors }: { title: string; errors: readonly { message: string }[] }) =>
  `${errors[0]?.message ?? title}。`;
