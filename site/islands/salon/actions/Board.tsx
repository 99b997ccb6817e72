import { useState } from 'preact/hooks';
import { Show } from '../../kit/load.tsx';
import { loadPlace, PlaceHead, useRoom } from '../place.tsx';
import { ActionList } from './ActionList.tsx';
import { addressOf, type Filter, filterIn, type List, readBoard, type View } from './read.ts';

const COUNTED = [
  ['overdue', '逾期'],
  ['todo', '待办'],
  ['doing', '办理中'],
  ['done', '已办结'],
] as const;
const WHOSE = [
  ['', '全部'],
  ['mine', '我的'],
  ['unit', '按单位'],
] as const;

/** 待办 of the salon: what is open by its day, what is done as an archive. */
export function Board() {
  const [filter, setFilter] = useState<Filter>(() => filterIn(location.search));
  const [pages, setPages] = useState(1);
  const { shown, reload } = useRoom(async () => {
    const place = await loadPlace();
    return { place, filter, list: await readBoard(place.slug, filter, pages) };
  });
  const narrow = (salon: string, change: Partial<Filter>): void => {
    const next = { ...filter, ...change };
    history.replaceState(null, '', addressOf(salon, next));
    setFilter(next);
    setPages(1);
    reload();
  };
  return (
    <Show shown={shown} reload={reload}>
      {({ place, list, filter: of }) => (
        <PlaceHead place={place} room="actions">
          <Tally
            list={list}
            view={filter.view}
            choose={(view) => narrow(place.slug, { view: view === filter.view ? 'open' : view })}
          />
          <Whose filter={filter} list={list} narrow={(change) => narrow(place.slug, change)} />
          {list.actions.length === 0 ? (
            <Empty filter={of} list={list} all={() => narrow(place.slug, filterIn(''))} />
          ) : (
            <ActionList salon={place.slug} rows={list.actions} done={of.view === 'done'} />
          )}
          {list.next !== null && (
            <p class="bar">
              <button
                class="button"
                type="button"
                onClick={() => {
                  setPages(pages + 1);
                  reload();
                }}
              >
                {of.view === 'done' ? '看更早办结的' : '看后面的'}
              </button>
            </p>
          )}
        </PlaceHead>
      )}
    </Show>
  );
}

interface TallyProps {
  readonly list: List;
  readonly view: View;
  readonly choose: (view: View) => void;
}

/** How many of each; pressed, only those are shown. */
function Tally({ list, view, choose }: TallyProps) {
  return (
    <div class="action-tally" role="group" aria-label="按进度看">
      {COUNTED.map(([name, words]) => (
        <button
          key={name}
          type="button"
          class={name === 'overdue' && list.counts.overdue > 0 ? 'late' : undefined}
          aria-pressed={view === name}
          onClick={() => choose(name)}
        >
          <strong>{list.counts[name]}</strong>
          <span>{words}</span>
        </button>
      ))}
    </div>
  );
}

interface WhoseProps {
  readonly filter: Filter;
  readonly list: List;
  readonly narrow: (change: Partial<Filter>) => void;
}

function Whose({ filter, list, narrow }: WhoseProps) {
  return (
    <div class="whose">
      <div class="whose-kinds" role="group" aria-label="看谁的">
        {WHOSE.map(([whose, words]) => (
          <button
            key={whose}
            class="button"
            type="button"
            aria-pressed={filter.whose === whose}
            onClick={() => narrow({ whose, unit: '' })}
          >
            {words}
          </button>
        ))}
      </div>
      {filter.whose === 'unit' && (
        <select
          aria-label="单位"
          value={filter.unit}
          onChange={({ currentTarget }) => narrow({ unit: currentTarget.value })}
        >
          <option value="">请选单位</option>
          {list.units.map(({ unit, name }) => (
            <option key={unit} value={unit}>
              {name}
            </option>
          ))}
        </select>
      )}
      {filter.view !== 'open' && (
        <button class="plain-button" type="button" onClick={() => narrow({ view: 'open' })}>
          看未办结的
        </button>
      )}
    </div>
  );
}

const NOTHING: Record<View, string> = {
  open: '没有未办结的待办。',
  todo: '没有还没开始办的。',
  doing: '没有正在办理的。',
  overdue: '没有逾期的。',
  done: '还没有办结的。办结以后，结果和日期存在这里。',
};

interface EmptyProps {
  readonly filter: Filter;
  readonly list: List;
  readonly all: () => void;
}

function Empty({ filter, list: { counts }, all }: EmptyProps) {
  const whole = filter.whose === '';
  if (whole && counts.todo + counts.doing + counts.done === 0) {
    return (
      <p class="quiet-note">
        还没有待办。会议定下的事写进纪要，主办单位公布纪要以后就在这里：谁来办、何时办结、办得怎样。
      </p>
    );
  }
  return (
    <div class="quiet-note">
      <p>
        {filter.whose === 'mine' && '您名下'}
        {NOTHING[filter.view]}
      </p>
      {(!whole || filter.view !== 'open') && (
        <button class="button" type="button" onClick={all}>
          看全部未办结的
        </button>
      )}
    </div>
  );
}
