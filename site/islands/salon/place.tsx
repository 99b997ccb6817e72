import type { ComponentChildren } from 'preact';
import type { Me } from '../../../api/accounts/contract.ts';
import { ApiProblem, api, ask } from '../../lib/api.ts';
import { currentSalon, fetchMe } from '../../lib/session.ts';
import { useLoaded } from '../kit/load.tsx';
import { useLive } from '../kit/useLive.ts';

/** The salon that a page is about, and what I am in it. */
export interface Place {
  readonly slug: string;
  readonly name: string;
  readonly hostUnit: string;
  readonly isDemo: boolean;
  readonly me: Me | null;
  readonly isHost: boolean;
  readonly isMember: boolean;
  /** Mine, as its secretary. */
  readonly seat: { readonly id: string; readonly community: string } | null;
}

const NONE = new ApiProblem({
  code: 'noSalon',
  status: 404,
  title: '还没有沙龙',
  detail: '系统管理员在“系统管理”里新建一个，并指定主办单位，这里就会有内容。',
});

/** @throws {ApiProblem} when there is no salon, or not this one */
export async function loadPlace(): Promise<Place> {
  const me = await fetchMe();
  const slug = await currentSalon(me);
  if (!slug) throw NONE;
  return placeFor(me, slug);
}

/** @throws {ApiProblem} when there is no such salon */
export async function placeFor(me: Me | null, slug: string): Promise<Place> {
  const { name, hostUnit, isDemo } = await ask(
    api.salons[':salon'].$get({ param: { salon: slug } }),
  );
  const mine = me?.salons.find((one) => one.slug === slug);
  const roles = mine?.roles ?? [];
  return {
    slug,
    name,
    hostUnit,
    isDemo,
    me,
    isHost: roles.includes('host'),
    isMember: roles.length > 0,
    seat: mine?.seat ?? null,
  };
}

/** Whoever chooses topics may open their pages. */
export const takesPart = ({ isHost, seat }: Place): boolean => isHost || seat !== null;

/** Loads what a page of the salon shows, and keeps it current for its members. */
export function useRoom<T extends { readonly place: Place }>(load: () => Promise<T>) {
  const { shown, reload, refresh } = useLoaded(load);
  const place = shown.state === 'ready' ? shown.data.place : undefined;
  useLive(place?.isMember ? place.slug : undefined, refresh);
  return { shown, reload };
}

const ROOMS = [
  ['home', '首页', () => true],
  ['topics', '议题', takesPart],
  ['committee', '委员会', () => true],
  ['sessions', '会议', ({ isMember }: Place) => isMember],
  ['forum', '交流区', () => true],
  ['actions', '待办', ({ isMember }: Place) => isMember],
  ['seats', '席位', () => true],
  ['rules', '章程', () => true],
  ['members', '成员', ({ isMember }: Place) => isMember],
  ['audit', '操作记录', ({ isHost }: Place) => isHost],
] as const;

/** Those that are not called as their rooms are. */
const PATHS: Readonly<Record<string, string>> = { home: '/salon/', forum: '/forum/' };

/** The salon's name and its rooms. */
export function PlaceHead({
  place,
  room,
  children,
}: {
  place: Place;
  room: (typeof ROOMS)[number][0];
  children?: ComponentChildren;
}) {
  return (
    <>
      <div class="place-name">
        {place.name}
        <small>主办：{place.hostUnit}</small>
      </div>
      <nav class="sub-rooms" aria-label="沙龙">
        {ROOMS.filter(([, , open]) => open(place)).map(([name, label]) => (
          <a
            key={name}
            href={`${PATHS[name] ?? `/salon/${name}/`}?salon=${place.slug}`}
            aria-current={name === room ? 'page' : undefined}
          >
            {label}
          </a>
        ))}
      </nav>
      {children}
    </>
  );
}
