import { clockOf } from '../../kit/time.ts';
import type { DraftText } from './useDraft.ts';

/** What became of what is typed, in one quiet line; and a draft that another device had left. */
export function KeptNote({ draft }: { readonly draft: DraftText }) {
  return (
    <>
      <p class="hint composer-kept" role="status">
        {inWords(draft)}
      </p>
      {draft.elsewhere && (
        <p class="notice">
          另一处还存着一份草稿（{[...draft.elsewhere.source].length} 个字）。
          <button class="plain-button" type="button" onClick={draft.takeElsewhere}>
            换成那一份
          </button>
        </p>
      )}
    </>
  );
}

function inWords({ saving, wasKept }: DraftText): string {
  switch (saving.state) {
    case 'saved':
      return `草稿已存，${clockOf(saving.at)}`;
    case 'offline':
      return saving.kept
        ? '没有连上；草稿留在这台设备上，连上以后再存。'
        : '没有连上，这个浏览器也不让保存；离开前请先复制。';
    case 'signedOut':
      return saving.kept
        ? '登录已过期；草稿留在这台设备上，登录后还在。'
        : '登录已过期；离开前请先复制。';
    case 'refused':
      return saving.kept ? '草稿留在这台设备上。' : '草稿没有存上；离开前请先复制。';
    default:
      return wasKept ? '上次没有写完的还在。' : '';
  }
}
