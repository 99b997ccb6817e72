import type { z } from 'zod';
import type { aboutPlace } from '../../../../api/forum/contract.ts';
import { api, ask } from '../../../lib/api.ts';
import { rememberedName } from '../../../lib/rememberedName.ts';
import { signInPath } from '../../../lib/session.ts';
import { Show, useLoaded } from '../../kit/load.tsx';
import { Day } from '../../kit/Moment.tsx';
import { beginUrl, forumUrl, placeText, type ThreadPlace, threadUrl } from '../links.ts';

type AboutPlace = z.infer<typeof aboutPlace>;
type Thread = AboutPlace['threads'][number];

/** So many of each are shown; the rest is in 交流区. */
const SHOWN = { solved: 3, threads: 5 };

interface TalkProps {
  readonly place: ThreadPlace;
  /** Of the headings in it. */
  readonly level: 3 | 4;
}

/** 已有办法 first, then what is talked of, and the way to ask. */
export function Talk({ place, level }: TalkProps) {
  const { kind, key, salon } = place;
  const { shown, reload } = useLoaded(() =>
    ask(
      api.places[':kind'][':key'].threads.$get({
        param: { kind, key },
        query: salon ? { salon } : {},
      }),
    ),
  );
  return (
    <Show shown={shown} reload={reload}>
      {(about) => <Told about={about} place={place} level={level} />}
    </Show>
  );
}

function Told({ about, place, level }: TalkProps & { readonly about: AboutPlace }) {
  const { solved, threads, total, mayWrite } = about;
  const Part = level === 3 ? 'h3' : 'h4';
  const answered = new Set(solved.map((one) => one.id));
  const others = threads.filter(({ id }) => !answered.has(id)).slice(0, SHOWN.threads);
  const answers = solved.slice(0, SHOWN.solved);
  return (
    <>
      {total === 0 ? (
        <p>还没有人在这里提问。照着做遇到的难处、自己的做法，都可以写在这里。</p>
      ) : (
        <p class="note">
          共 {total} 个讨论
          {total > answers.length + others.length && (
            <>
              ，其余的在<a href={forumUrl(place.salon, { place: placeText(place) })}>交流区</a>
            </>
          )}
        </p>
      )}
      {answers.length > 0 && (
        <section aria-labelledby="answers-found">
          <Part id="answers-found">已有办法</Part>
          <ul class="plain found">
            {answers.map((one) => (
              <li key={one.id}>
                <a href={threadUrl(one.id, one.n)}>{one.title}</a>
                <p>{one.gist}</p>
                <small>{one.unit}的办法，提问者已采纳</small>
              </li>
            ))}
          </ul>
        </section>
      )}
      {others.length > 0 && (
        <section aria-labelledby="newest">
          <Part id="newest">{answers.length > 0 ? '其他讨论' : '最新讨论'}</Part>
          <ul class="plain talk">
            {others.map((thread) => (
              <ThreadLine key={thread.id} thread={thread} />
            ))}
          </ul>
        </section>
      )}
      <Ways place={place} mayWrite={mayWrite} />
    </>
  );
}

function ThreadLine({ thread }: { readonly thread: Thread }) {
  const { id, title, unit, replies, lastAt, lastUnit, asks, accepted, unread } = thread;
  const waits = asks && replies === 0 && accepted === null;
  return (
    <li>
      <a href={threadUrl(id)}>{title}</a>
      <small>
        {waits && <strong>待回应</strong>}
        {unit}
        {replies > 0 ? ` · ${replies} 条回复 · 最后是${lastUnit}，` : ' · '}
        <Day iso={lastAt} />
        {unread !== null && unread > 0 && <strong>{unread} 条未读</strong>}
      </small>
    </li>
  );
}

/** The way to ask, or the way in. */
function Ways({ place, mayWrite }: { readonly place: ThreadPlace; readonly mayWrite: boolean }) {
  if (mayWrite) {
    return (
      <a class="button" href={beginUrl(place.salon, place)}>
        在这里提问
      </a>
    );
  }
  if (rememberedName() !== null) {
    return <p class="note">沙龙的成员可以提问和回复；要加入，请联系您那里的主办单位。</p>;
  }
  return (
    <p class="ways">
      <span class="note">任何人都能看公开的讨论；沙龙的成员登录后可以提问和回复。</span>
      <a class="button" href={signInPath()}>
        登录
      </a>
    </p>
  );
}
