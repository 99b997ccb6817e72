import { signInPath } from '../../../lib/session.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { Show } from '../../kit/load.tsx';
import { ProblemNote } from '../../kit/problem.tsx';
import { type Place, PlaceHead } from '../../salon/place.tsx';
import { beginUrl, forumUrl, placeText, type Wanted } from '../links.ts';
import { ReportsLink } from '../reports/ReportsLink.tsx';
import { useFeed } from '../useFeed.ts';
import { PLACE_WORDS, VIEWS } from '../words.ts';
import { Row } from './Row.tsx';
import { type ListData, useList, useThreads } from './useThreads.ts';

interface Theme {
  readonly id: string;
  readonly name: string;
}

/** 交流区: the threads of a salon, and those that anybody may read. */
export function ForumPage({ themes }: { readonly themes: readonly Theme[] }) {
  const { shown, reload } = useList();
  return (
    <Show shown={shown} reload={reload}>
      {(data) => (
        <PlaceHead place={data.place} room="forum">
          <Opening place={data.place} />
          <Filters place={data.place} wanted={data.wanted} themes={themes} />
          <OnlyHere data={data} />
          <Threads data={data} />
        </PlaceHead>
      )}
    </Show>
  );
}

function Opening({ place }: { readonly place: Place }) {
  useFeed(`${place.name} · 交流区`, `/api/salons/${place.slug}/forum.atom`);
  if (place.isMember) {
    return (
      <p class="forum-begin">
        <a class="button primary" href={beginUrl(place.slug)}>
          提问或发起讨论
        </a>
        <ReportsLink place={place} />
      </p>
    );
  }
  return (
    <div class="forum-begin">
      <p class="measure">
        {place.me
          ? `您不在这个沙龙里，可以看公开的讨论；要参加，请联系${place.hostUnit}。`
          : `公开的讨论谁都能看。要提问和回复，请先登录；还没有账号的，由${place.hostUnit}发邀请。`}
      </p>
      {!place.me && (
        <a class="button primary" href={signInPath()}>
          登录
        </a>
      )}
    </div>
  );
}

function Filters({
  place,
  wanted: { view, theme, place: only },
  themes,
}: {
  readonly place: Place;
  readonly wanted: Wanted;
  readonly themes: readonly Theme[];
}) {
  return (
    <div class="forum-filters">
      <nav class="forum-views" aria-label="看哪些讨论">
        {VIEWS.filter(({ own }) => !own || place.isMember).map((one) => (
          <a
            key={one.view}
            href={forumUrl(place.slug, { view: one.view, theme, place: only })}
            aria-current={one.view === view ? 'page' : undefined}
          >
            {one.label}
          </a>
        ))}
      </nav>
      <label class="forum-theme">
        <span>主题</span>
        <select
          value={theme}
          onChange={({ currentTarget }) =>
            location.assign(forumUrl(place.slug, { view, theme: currentTarget.value }))
          }
        >
          <option value="">不限</option>
          {themes.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** Come from a page with more talked of it than that page shows: what is left out, and the way to all. */
function OnlyHere({ data: { place, wanted, rows } }: { readonly data: ListData }) {
  if (!wanted.place) return null;
  const at = [...rows.pinned, ...rows.threads].find(
    (row) => placeText(row.place) === wanted.place,
  )?.place;
  return (
    <p class="forum-only">
      <span>
        只看关于
        {at ? (
          <>
            {PLACE_WORDS[at.kind]}“<a href={at.link}>{at.name}</a>”的讨论
          </>
        ) : (
          '这一处的讨论'
        )}
      </span>
      <a class="tap-link" href={forumUrl(place.slug, { ...wanted, place: '' })}>
        看全部
      </a>
    </p>
  );
}

function Threads({ data }: { readonly data: ListData }) {
  const { rows, moved, busy, problem, more, showMoved, readAll } = useThreads(data);
  const { view, theme } = data.wanted;
  const shown = VIEWS.find((one) => one.view === view);
  const all = [...rows.pinned, ...rows.threads];
  return (
    <section aria-labelledby="threads">
      <h2 id="threads" class="visually-hidden">
        {shown?.label}
      </h2>
      <div role="status">
        {moved && (
          <button class="button forum-news" type="button" onClick={showMoved}>
            有新的讨论或回复 · 显示
          </button>
        )}
      </div>
      {all.length === 0 ? (
        <p class="quiet-note">
          {theme ? '这个主题下还没有这样的讨论。可以换一个主题，或看全部。' : shown?.empty}
        </p>
      ) : (
        <ul class="plain thread-rows">
          {all.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
      )}
      <ProblemNote problem={problem} />
      <div class="bar">
        {rows.next && (
          <button class="button" type="button" aria-disabled={busy} onClick={more}>
            {busy ? '正在取…' : '再看一些'}
          </button>
        )}
        {view === 'unread' && all.length > 0 && (
          <ActionButton act={readAll} confirm="把全部讨论都算作看过？">
            全部算作看过
          </ActionButton>
        )}
      </div>
    </section>
  );
}
