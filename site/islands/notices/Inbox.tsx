import { useEffect, useState } from 'preact/hooks';
import type { z } from 'zod';
import type { noticeQuery } from '../../../api/notices/contract.ts';
import { api, ask } from '../../lib/api.ts';
import { fetchMe, signInPath } from '../../lib/session.ts';
import { tellUnread } from '../../lib/unread.ts';
import { ActionButton } from '../kit/ActionButton.tsx';
import { Show, useLoaded } from '../kit/load.tsx';
import { clockOf, dayInWords, fromToday } from '../kit/time.ts';
import { useLive } from '../kit/useLive.ts';
import { byDay, type Notice, type NoticeList, seenUpTo } from './byDay.ts';

type Group = NonNullable<z.infer<typeof noticeQuery>['group']>;
const GROUPS = [
  '轮值',
  '议题',
  '会议',
  '选题委员会',
  '纪要与待办',
  '回复和提到我的',
  '关注的讨论',
  '讨论的管理',
] as const satisfies Group[];

/** So long is the page looked at before what it shows counts as read. Milliseconds. */
const LOOK = 1500;

const page = (group: Group | undefined, cursor?: string) =>
  ask(
    api.me.notices.$get({
      query: { limit: '50', ...(cursor && { cursor }), ...(group && { group }) },
    }),
  );

async function markRead(upTo: number): Promise<void> {
  const { unread } = await ask(api.me.notices.read.$post({ json: { upTo } }));
  tellUnread(unread);
}

const load = async (group: Group | undefined) => {
  const me = await fetchMe();
  if (!me) location.replace(signInPath());
  return me && { list: await page(group), salons: me.salons.map(({ slug }) => slug) };
};

/** Of the page's address. */
function namedGroup(): Group | undefined {
  const named = new URLSearchParams(location.search).get('group');
  return GROUPS.find((one) => one === named);
}

/** What I was told, newest first; all of it, or of one group. */
export function Inbox() {
  const [group, setGroup] = useState(namedGroup);
  return (
    <>
      <div class="inbox-tools">
        <label>
          只看
          <select
            value={group ?? ''}
            onChange={({ currentTarget: { value } }) => {
              history.replaceState(null, '', value ? `?group=${encodeURIComponent(value)}` : '.');
              setGroup(namedGroup());
            }}
          >
            <option value="">全部</option>
            {GROUPS.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <a href="/account/notices/">通知设置</a>
      </div>
      <Listed key={group} group={group} />
    </>
  );
}

function Listed({ group }: { readonly group: Group | undefined }) {
  const { shown, reload, refresh } = useLoaded(() => load(group));
  const salons = shown.state === 'ready' ? shown.data?.salons : undefined;
  useLive(salons?.[0], refresh);
  return (
    <Show shown={shown} reload={reload}>
      {(data) =>
        data ? (
          <Notices first={data.list} many={data.salons.length > 1} group={group} />
        ) : (
          <p>请先登录。</p>
        )
      }
    </Show>
  );
}

interface NoticesProps {
  readonly first: NoticeList;
  /** Whether there are several salons to tell apart. */
  readonly many: boolean;
  readonly group: Group | undefined;
}

function Notices({ first, many, group }: NoticesProps) {
  const [older, setOlder] = useState<readonly Notice[]>([]);
  const [next, setNext] = useState<string | null>();
  const [read, setRead] = useState(0);
  const notices = [...first.notices, ...older.filter(({ seq }) => seq < oldest(first))];
  // Marking one as read marks all that are older, also those that are not of this group.
  const unread = group || read >= (first.notices[0]?.seq ?? 0) ? 0 : first.unread;
  const cursor = next === undefined ? first.next : next;
  useSeen(unread > 0 ? seenUpTo(notices, unread) : undefined, setRead);
  if (notices.length === 0) {
    return (
      <p class="quiet-note">
        {group
          ? `还没有“${group}”的通知。`
          : '还没有通知。轮值、议题、会议、纪要、待办和讨论有了与您有关的变化，都会写在这里。'}
      </p>
    );
  }
  return (
    <>
      {byDay(notices).map(({ day, notices: some }) => (
        <section key={some[0]?.seq} aria-labelledby={`day-${some[0]?.seq}`} class="inbox-day">
          <h2 id={`day-${some[0]?.seq}`}>
            {dayInWords(day)}
            <small>{fromToday(day, new Date().toISOString())}</small>
          </h2>
          <ul class="plain">
            {some.map((notice) => (
              <NoticeRow key={notice.seq} notice={notice} many={many} />
            ))}
          </ul>
        </section>
      ))}
      <div class="bar">
        {cursor && (
          <ActionButton
            act={async () => {
              const more = await page(group, cursor);
              setOlder([...older, ...more.notices]);
              setNext(more.next);
            }}
          >
            看更早的通知
          </ActionButton>
        )}
        {unread > 0 && (
          <ActionButton
            act={async () => {
              const upTo = first.notices[0]?.seq ?? 0;
              await markRead(upTo);
              setRead(upTo);
            }}
          >
            全部标为已读
          </ActionButton>
        )}
      </div>
    </>
  );
}

const oldest = ({ notices }: NoticeList): number => notices.at(-1)?.seq ?? 0;

/** What was on the page for a while is read; it keeps its weight until the page is opened again. */
function useSeen(upTo: number | undefined, then: (upTo: number) => void): void {
  useEffect(() => {
    if (upTo === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (document.hidden) return;
      // Not worth a word when it fails: the next visit tries again.
      timer = setTimeout(
        () =>
          markRead(upTo).then(
            () => then(upTo),
            () => undefined,
          ),
        LOOK,
      );
    };
    document.addEventListener('visibilitychange', look);
    look();
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [upTo]);
}

function NoticeRow({ notice, many }: { readonly notice: Notice; readonly many: boolean }) {
  const [fresh] = useState(!notice.read);
  return (
    <li class={fresh ? 'unread' : undefined}>
      <a href={notice.link}>
        {fresh && <span class="visually-hidden">未读：</span>}
        {notice.text}
      </a>
      <small>
        <time dateTime={notice.at}>{clockOf(notice.at)}</time>
        {many && ` ${notice.salon}`}
      </small>
    </li>
  );
}
