import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { moved, type Row, rowId } from './draft.ts';

interface Props<T extends Row> {
  readonly rows: readonly T[];
  readonly change: (rows: readonly T[]) => void;
  readonly make: () => T;
  /** 结论, 待办: what one of them is called. */
  readonly name: string;
  readonly add: string;
  /** To know it again once it is taken out. */
  readonly gist: (row: T) => string;
  /** The fields of one; `index` counts what is not taken out. */
  readonly children: (
    row: T,
    change: (part: Partial<T>) => void,
    index: number,
  ) => ComponentChildren;
}

/** Rows that are added, moved up and down, taken out and put back, by hand or by keyboard. */
export function Rows<T extends Row>(props: Props<T>) {
  const { rows, change, make, name, add, gist, children } = props;
  const [fresh, setFresh] = useState('');
  const [said, setSaid] = useState('');
  const there = rows.filter(({ gone }) => !gone);
  const set = (key: string, part: Partial<T>) =>
    change(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const move = (key: string, by: 1 | -1, button: HTMLButtonElement) => {
    const next = moved(rows, key, by);
    if (next === rows) return;
    change(next);
    setSaid(`已移到第 ${next.filter(({ gone }) => !gone).findIndex((row) => row.key === key) + 1}`);
    // Where the browser moves the row, it lets go of the focus.
    requestAnimationFrame(() => button.focus());
  };
  return (
    <>
      <ol class="plain minutes-rows">
        {rows.map((row) =>
          row.gone ? (
            <Gone
              key={row.key}
              words={`已删去${name}：${gist(row)}`}
              back={() => set(row.key, { gone: false } as Partial<T>)}
            />
          ) : (
            <One
              key={row.key}
              row={row}
              name={`${name} ${there.indexOf(row) + 1}`}
              isFirst={there[0] === row}
              isLast={there.at(-1) === row}
              isFresh={fresh === row.key}
              move={(by, button) => move(row.key, by, button)}
              remove={() => {
                const empty = gist(row) === '';
                if (empty) change(rows.filter(({ key }) => key !== row.key));
                else set(row.key, { gone: true } as Partial<T>);
              }}
            >
              {children(row, (part) => set(row.key, part), there.indexOf(row))}
            </One>
          ),
        )}
      </ol>
      <p class="visually-hidden" role="status">
        {said}
      </p>
      <button
        class="button"
        type="button"
        onClick={() => {
          const row = make();
          setFresh(row.key);
          change([...rows, row]);
        }}
      >
        {add}
      </button>
    </>
  );
}

interface OneProps {
  readonly row: Row;
  readonly name: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly isFresh: boolean;
  readonly move: (by: 1 | -1, button: HTMLButtonElement) => void;
  readonly remove: () => void;
  readonly children: ComponentChildren;
}

function One({ row, name, isFirst, isLast, isFresh, move, remove, children }: OneProps) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isFresh) item.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, []);
  const mover = (by: 1 | -1) => (event: JSX.TargetedMouseEvent<HTMLButtonElement>) =>
    move(by, event.currentTarget);
  return (
    <li id={rowId(row.key)} ref={item}>
      <fieldset>
        <legend>{name}</legend>
        {children}
        <div class="row-tools">
          <button type="button" class="plain-button" aria-disabled={isFirst} onClick={mover(-1)}>
            上移
          </button>
          <button type="button" class="plain-button" aria-disabled={isLast} onClick={mover(1)}>
            下移
          </button>
          <button type="button" class="plain-button" onClick={remove}>
            删去
          </button>
        </div>
      </fieldset>
    </li>
  );
}

function Gone({ words, back }: { words: string; back: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <li class="row-gone">
      <span>{words}</span>
      <button ref={button} type="button" class="button" onClick={back}>
        恢复
      </button>
    </li>
  );
}
