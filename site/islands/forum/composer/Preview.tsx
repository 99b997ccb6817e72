import { newRequestKey } from '../../../lib/api.ts';
import { forum } from '../../../lib/forum.ts';
import { Show, useLoaded } from '../../kit/load.tsx';
import { PostBody } from '../PostBody.tsx';

interface Props {
  readonly salon: string;
  readonly source: string;
}

/** What the server will make of it. */
export function Preview({ salon, source }: Props) {
  const { shown, reload } = useLoaded(async () =>
    source.trim() === '' ? undefined : forum.preview(salon, source, newRequestKey()),
  );
  return (
    <div class="preview" aria-live="polite">
      <Show shown={shown} reload={reload}>
        {(preview) =>
          preview ? (
            <>
              <PostBody html={preview.html} />
              {preview.missing.length > 0 && (
                <p class="field-error">
                  没有找到 {preview.missing.map((name) => `@${name}`).join('、')}，发出后不会通知。
                </p>
              )}
            </>
          ) : (
            <p class="hint">还没有写什么。</p>
          )
        }
      </Show>
    </div>
  );
}
