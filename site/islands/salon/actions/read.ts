import { api, ask } from '../../../lib/api.ts';

export type View = 'open' | 'todo' | 'doing' | 'overdue' | 'done';

/** What of the board is looked at. */
export interface Filter {
  readonly view: View;
  /** '' for all. */
  readonly whose: '' | 'mine' | 'unit';
  /** A seat's id or `host`; '' until one is chosen. */
  readonly unit: string;
}

const VIEWS: readonly View[] = ['open', 'todo', 'doing', 'overdue', 'done'];

export function filterIn(search: string): Filter {
  const asked = new URLSearchParams(search);
  const unit = asked.get('unit');
  return {
    view: VIEWS.find((one) => one === asked.get('view')) ?? 'open',
    whose: unit !== null ? 'unit' : asked.get('of') === 'mine' ? 'mine' : '',
    unit: unit ?? '',
  };
}

/** The address that shows the same again. */
export function addressOf(salon: string, { view, whose, unit }: Filter): string {
  const query = new URLSearchParams({ salon });
  if (view !== 'open') query.set('view', view);
  if (whose === 'mine') query.set('of', 'mine');
  if (whose === 'unit') query.set('unit', unit);
  return `/salon/actions/?${query}`;
}

const readPage = (salon: string, { view, whose, unit }: Filter, cursor: string | null) =>
  ask(
    api.salons[':salon'].actions.$get({
      param: { salon },
      query: {
        view,
        ...(whose === 'mine' && { of: 'mine' as const }),
        ...(whose === 'unit' && unit !== '' && { unit }),
        ...(cursor !== null && { cursor }),
        limit: '50',
      },
    }),
  );
export type List = Awaited<ReturnType<typeof readPage>>;
export type Row = List['actions'][number];

/** So many pages of the list as one. */
export async function readBoard(salon: string, filter: Filter, pages: number): Promise<List> {
  let list = await readPage(salon, filter, null);
  for (let page = 1; page < pages && list.next !== null; page += 1) {
    const more = await readPage(salon, filter, list.next);
    list = { ...more, actions: [...list.actions, ...more.actions] };
  }
  return list;
}

/** The id in the address of an action item's page. */
export const actionIdIn = (path: string): string => path.split('/')[3] ?? '';

export const readAction = (salon: string, action: string) =>
  ask(api.salons[':salon'].actions[':action'].$get({ param: { salon, action } }));
export type ActionItem = Awaited<ReturnType<typeof readAction>>;
