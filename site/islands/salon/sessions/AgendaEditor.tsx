import { useRef, useState } from 'preact/hooks';
import { ask, once } from '../../../lib/api.ts';
import { ProblemNote } from '../../kit/problem.tsx';
import { clockOf } from '../../kit/time.ts';
import { useTry } from '../../kit/useTry.ts';
import { lengthInWords, moved, sumOf, timesOf } from './agenda.ts';
import { type Session, sessionApi } from './read.ts';
import type { PartProps } from './SessionPage.tsx';

const MOST = 30;

interface Row {
  /** Of the row on this page. */
  readonly key: number;
  readonly id?: string;
  readonly title: string;
  readonly minutes: number;
  readonly topicId: string | null;
}
type Bare = Omit<Row, 'key'>;

/** An agenda that has the topics in it, for a session that has none yet. */
const proposalFor = ({ topics }: Session): readonly Bare[] => [
  { title: '签到，通报上期待办', minutes: 10, topicId: null },
  ...topics.map(({ id, title }) => ({ title: title.slice(0, 100), minutes: 50, topicId: id })),
  { title: '小结，布置待办', minutes: 10, topicId: null },
];

/** The agenda in rows: moved by buttons, so that a phone and a keyboard do it alike. */
export function AgendaEditor({
  param,
  session,
  reload,
  close,
}: PartProps & { readonly close: () => void }) {
  const lastKey = useRef(0);
  const keyed = (one: Bare): Row => {
    lastKey.current += 1;
    return { ...one, key: lastKey.current };
  };
  const [rows, setRows] = useState<readonly Row[]>(() =>
    (session.agenda.length > 0 ? session.agenda : proposalFor(session)).map(keyed),
  );
  const { busy, problem, attempt } = useTry();
  const change = (key: number, part: Partial<Bare>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const save = (key: string) => {
    const items = rows.map(({ key: _, ...item }) => item);
    return ask(sessionApi.agenda.$put({ param, json: { items } }, once(key)));
  };
  return (
    <form
      class="agenda-editor"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        attempt(async (key) => {
          await save(key);
          reload();
          close();
        });
      }}
    >
      <ol class="plain">
        {rows.map((row, index) => (
          <EditorRow
            key={row.key}
            row={row}
            place={index + 1}
            last={index === rows.length - 1}
            error={problem?.errors.find(({ path }) => path.startsWith(`/items/${index}/`))?.message}
            change={(part) => change(row.key, part)}
            move={(step) => setRows(moved(rows, index, step))}
            remove={() => setRows(rows.filter(({ key }) => key !== row.key))}
          />
        ))}
      </ol>
      <Sum startsAt={session.startsAt} rows={rows} />
      {rows.length < MOST && (
        <div class="bar">
          <button
            class="button"
            type="button"
            onClick={() => setRows([...rows, keyed({ title: '', minutes: 10, topicId: null })])}
          >
            加一项
          </button>
          {session.topics
            .filter(({ id }) => !rows.some(({ topicId }) => topicId === id))
            .map(({ id, title }) => (
              <button
                key={id}
                class="button"
                type="button"
                onClick={() => setRows([...rows, keyed({ title, minutes: 50, topicId: id })])}
              >
                加议题：{title}
              </button>
            ))}
        </div>
      )}
      <ProblemNote problem={problem} />
      <div class="bar">
        <button class="button primary" type="submit" aria-disabled={busy}>
          {busy ? '请稍候…' : '保存议程'}
        </button>
        <button class="button" type="button" onClick={close}>
          不改了
        </button>
      </div>
    </form>
  );
}

function Sum({ startsAt, rows }: { startsAt: string; rows: readonly Row[] }) {
  const valid = rows.map(({ minutes }) => ({ minutes: Number.isInteger(minutes) ? minutes : 0 }));
  return (
    <p role="status">
      {rows.length} 项，共 {lengthInWords(sumOf(valid))}；{clockOf(startsAt)} 开始，
      {clockOf(timesOf(startsAt, valid).ends)} 结束。
    </p>
  );
}

interface RowProps {
  readonly row: Row;
  /** From 1. */
  readonly place: number;
  readonly last: boolean;
  readonly error: string | undefined;
  readonly change: (part: Partial<Bare>) => void;
  readonly move: (step: -1 | 1) => void;
  readonly remove: () => void;
}

function EditorRow({ row, place, last, error, change, move, remove }: RowProps) {
  const name = row.title || `第 ${place} 项`;
  return (
    <li>
      <input
        class="agenda-words"
        aria-label={`第 ${place} 项议程`}
        value={row.title}
        maxLength={100}
        onInput={({ currentTarget }) => change({ title: currentTarget.value })}
      />
      <span class="agenda-length">
        <input
          type="number"
          inputmode="numeric"
          min={1}
          max={480}
          aria-label={`第 ${place} 项的分钟数`}
          value={Number.isNaN(row.minutes) ? '' : row.minutes}
          onInput={({ currentTarget }) => change({ minutes: currentTarget.valueAsNumber })}
        />
        分钟
      </span>
      <span class="agenda-tools">
        <button
          class="tool"
          type="button"
          aria-label={`上移：${name}`}
          aria-disabled={place === 1}
          onClick={() => move(-1)}
        >
          上移
        </button>
        <button
          class="tool"
          type="button"
          aria-label={`下移：${name}`}
          aria-disabled={last}
          onClick={() => move(1)}
        >
          下移
        </button>
        <button class="tool" type="button" aria-label={`去掉：${name}`} onClick={remove}>
          去掉
        </button>
      </span>
      {error && <p class="field-error">{error}</p>}
    </li>
  );
}
