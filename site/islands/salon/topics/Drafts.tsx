import { momentOfYear } from '../../kit/time.ts';
import { editUrl, newUrl } from '../links.ts';
import type { Place } from '../place.tsx';
import type { TopicRow } from './read.ts';

interface Props {
  readonly place: Place;
  readonly drafts: readonly TopicRow[];
  /** Also where there are none: the way to the first. */
  readonly invite?: boolean;
}

/** What this seat has begun and nobody else sees. */
export function Drafts({ place, drafts, invite }: Props) {
  if (drafts.length === 0 && !invite) return null;
  return (
    <section aria-labelledby="drafts">
      <h3 id="drafts">我的草稿</h3>
      {drafts.length === 0 && (
        <p>
          还没有草稿，只有本席位看得到。<a href={newUrl(place.slug)}>先起草一个</a>
        </p>
      )}
      <ul class="plain rows">
        {drafts.map(({ id, title, updatedAt }) => (
          <li key={id}>
            <span>
              <a class="tap-link" href={editUrl(place.slug, id)}>
                {title || '还没有名称的草稿'}
              </a>
              <small>{momentOfYear(updatedAt)} 存的，只有本席位看得到</small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
