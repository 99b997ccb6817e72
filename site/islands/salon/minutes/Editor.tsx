import { unfinished } from './draft.ts';
import { Fields } from './Fields.tsx';
import { Publish } from './Publish.tsx';
import type { Loaded, Minutes } from './read.ts';
import { SaveLine } from './SaveLine.tsx';
import { Stale } from './Stale.tsx';
import { useDraft } from './useDraft.ts';

interface Props {
  readonly of: Loaded;
  readonly minutes: Minutes;
  readonly reload: () => void;
}

/** The draft, saved as it is typed. */
export function Editor({ of, minutes, reload }: Props) {
  const { draft, saving, saver, change, take } = useDraft(of, minutes);
  return (
    <div class="minutes-editor">
      <Standing minutes={minutes} />
      {saving.state === 'stale' && (
        <Stale
          mine={draft}
          theirs={saving.theirs}
          take={() => take(saving.theirs)}
          putOver={() => saver.putOver(saving.theirs)}
        />
      )}
      <Fields
        draft={draft}
        minutes={minutes}
        change={change}
        problem={saving.state === 'refused' ? saving.problem : undefined}
      />
      <Publish of={of} minutes={minutes} draft={draft} saver={saver} reload={reload} />
      <SaveLine saving={saving} unfinished={unfinished(draft)} />
    </div>
  );
}

function Standing({ minutes: { state, mayPublish } }: { minutes: Minutes }) {
  if (state === 'submitted') {
    return (
      <p class="quiet-note">
        {mayPublish ? (
          <>
            轮值主席已写好，请<a href="#publish">核对后公布</a>。
          </>
        ) : (
          '已请主办单位公布。公布之前，您还可以接着改。'
        )}
      </p>
    );
  }
  return (
    <p class="hint">
      已按议程和签到拟好开头，接着写结论和待办。{mayPublish ? '' : '写好后请主办单位公布。'}
    </p>
  );
}
