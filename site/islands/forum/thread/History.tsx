import { forum } from '../../../lib/forum.ts';
import { Show, useLoaded } from '../../kit/load.tsx';
import { Moment } from '../../kit/Moment.tsx';
import { Unfold } from '../../kit/Unfold.tsx';

interface Props {
  readonly id: string;
  readonly n: number;
  readonly editedAt: string;
}

/** That a post was changed long after it was written, and what it said before. */
export function History(props: Props) {
  return (
    <div class="post-history">
      <Unfold summary="已修改，看以前写的" label={`第 ${props.n} 楼已修改，看以前写的`}>
        {() => <Versions {...props} />}
      </Unfold>
    </div>
  );
}

function Versions({ id, n, editedAt }: Props) {
  const { shown, reload } = useLoaded(() => forum.history(id, n));
  return (
    <Show shown={shown} reload={reload}>
      {(versions) => (
        <>
          <p class="hint">
            最后修改：
            <Moment iso={editedAt} />
          </p>
          <ol class="plain">
            {versions.map(({ source, at }) => (
              <li key={at}>
                <Moment iso={at} />
                <p class="prose-text">{source}</p>
              </li>
            ))}
          </ol>
        </>
      )}
    </Show>
  );
}
