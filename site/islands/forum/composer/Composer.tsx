import type { ComponentChildren, JSX } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ApiProblem } from '../../../lib/api.ts';
import { type Picture, POST_MOST } from '../../../lib/forum.ts';
import { ProblemNote } from '../../kit/problem.tsx';
import { useTry } from '../../kit/useTry.ts';
import { type Edit, insertBlock, pictureText, type Selection } from './edit.ts';
import { KeptNote } from './KeptNote.tsx';
import { Names } from './Names.tsx';
import { Pictures, type Waiting } from './Pictures.tsx';
import { Preview } from './Preview.tsx';
import { Toolbar } from './Toolbar.tsx';
import type { DraftText } from './useDraft.ts';
import { useNames } from './useNames.ts';

interface Props {
  readonly salon: string;
  readonly draft: DraftText;
  /** What is written here. */
  readonly label: string;
  readonly sendLabel: string;
  /** Posts it; `key` is the same for each retry. What was typed stays until it resolves. */
  readonly send: (source: string, key: string) => Promise<void>;
  /** Why it cannot be posted any more, whatever is typed: it can still be taken along. */
  readonly closed?: string | undefined;
  readonly primary?: boolean;
  /** Chosen after writing, before the button. */
  readonly last?: ComponentChildren;
  /** Beside the button. */
  readonly children?: ComponentChildren;
}

/** After these nothing that is typed will be taken; the text is there to be copied. */
const LOST = new Set(['threadLocked', 'threadGone', 'postGone', 'notFound']);

/** Where a post is written. Nothing that is typed is ever lost. */
export function Composer(props: Props) {
  const { salon, draft, label, sendLabel, send, closed, primary = true, last, children } = props;
  const { source } = draft.text;
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [looking, setLooking] = useState(false);
  const [waiting, setWaiting] = useState<readonly Waiting[]>([]);
  const lastKey = useRef(0);
  const toSelect = useRef<Edit['select']>();
  const calls = useNames(salon);
  const { busy, problem, attempt } = useTry();

  useLayoutEffect(() => {
    if (!toSelect.current) return;
    area.current?.focus();
    area.current?.setSelectionRange(...toSelect.current);
    toSelect.current = undefined;
  });
  const apply = (act: (selection: Selection) => Edit): void => {
    const box = area.current;
    const text = box?.value ?? source;
    const [from, to] = [box?.selectionStart ?? text.length, box?.selectionEnd ?? text.length];
    const edit = act({ text, from, to });
    toSelect.current = edit.select;
    if (!box || !typedInto(box, edit)) {
      draft.change({ source: text.slice(0, edit.from) + edit.text + text.slice(edit.to) });
    }
  };
  const choose = (files: readonly File[]): void =>
    setWaiting((all) => [
      ...all,
      ...files.map((file) => {
        lastKey.current += 1;
        return { key: lastKey.current, file };
      }),
    ]);
  const arrived = (file: File, picture: Picture): void =>
    apply((at) => insertBlock({ ...at, from: at.to }, pictureText(file.name, picture.id)));
  const call = (name: string): void => {
    const { calling } = calls;
    if (!calling) return;
    const to = calling.from + calling.typed.length;
    const end = calling.from + name.length + 1;
    apply(() => ({ from: calling.from, to, text: `${name} `, select: [end, end] }));
    calls.drop();
  };
  const look = ({ currentTarget: box }: JSX.TargetedEvent<HTMLTextAreaElement>): void =>
    calls.look(box.value, box.selectionStart);
  const submit = (event: Event): void => {
    event.preventDefault();
    if (source.trim() === '') area.current?.focus();
    else attempt((key) => send(source, key));
  };
  const keyDown = (event: JSX.TargetedKeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      submit(event);
      return;
    }
    if (calls.found.length === 0) return;
    const name = calls.found[calls.active];
    if (event.key === 'ArrowDown') calls.step(1);
    else if (event.key === 'ArrowUp') calls.step(-1);
    else if (event.key === 'Escape') calls.drop();
    else if ((event.key === 'Enter' || event.key === 'Tab') && name) call(name);
    else return;
    event.preventDefault();
  };
  const taken = (event: Event, files: FileList | undefined): void => {
    if (!files || files.length === 0) return;
    event.preventDefault();
    choose([...files]);
  };
  const over = [...source].length - POST_MOST;
  const why = closed ?? reasonOf(problem);

  return (
    <form class="composer" onSubmit={submit} noValidate>
      <div class="composer-head">
        <label for={id}>{label}</label>
        <button
          class="plain-button"
          type="button"
          aria-pressed={looking}
          onClick={() => setLooking(!looking)}
        >
          {looking ? '接着写' : '预览'}
        </button>
      </div>
      <KeptNote draft={draft} />
      {looking && <Preview salon={salon} source={source} />}
      <div hidden={looking}>
        <Toolbar apply={apply} choose={choose} />
        <textarea
          id={id}
          ref={area}
          rows={5}
          value={source}
          aria-describedby={`${id}-hint`}
          aria-autocomplete="list"
          aria-controls={calls.found.length > 0 ? `${id}-names` : undefined}
          aria-activedescendant={calls.found.length > 0 ? `${id}-names-${calls.active}` : undefined}
          onInput={(event) => {
            draft.change({ source: event.currentTarget.value });
            look(event);
          }}
          onClick={look}
          onKeyDown={keyDown}
          onBlur={calls.drop}
          onPaste={(event) => taken(event, event.clipboardData?.files)}
          onDrop={(event) => taken(event, event.dataTransfer?.files)}
        />
        <Names id={`${id}-names`} calls={calls} choose={call} />
      </div>
      <Pictures
        salon={salon}
        waiting={waiting}
        arrived={arrived}
        drop={(key) => setWaiting((all) => all.filter((one) => one.key !== key))}
      />
      <p class="hint" id={`${id}-hint`}>
        {over > 0 ? `多了 ${over} 个字，请分几条发。` : '输入 @ 可以提到一个人或一个社区。'}
      </p>
      {last}
      {why && (
        <div class="notice problem" role="alert">
          <p>{why}</p>
          <button class="button" type="button" data-copy-text={source}>
            复制我写的
          </button>
        </div>
      )}
      {!why && <ProblemNote problem={problem} />}
      <div class="composer-foot">
        {!closed && (
          <button class={primary ? 'button primary' : 'button'} type="submit" aria-disabled={busy}>
            {busy ? '请稍候…' : sendLabel}
          </button>
        )}
        {children}
      </div>
    </form>
  );
}

const reasonOf = (problem: ApiProblem | undefined): string | undefined =>
  problem && LOST.has(problem.code) ? `${problem.title}。${problem.detail}` : undefined;

/** As if typed, so that the browser can undo it. @returns whether the browser can do that */
function typedInto(box: HTMLTextAreaElement, { from, to, text }: Edit): boolean {
  box.focus();
  box.setSelectionRange(from, to);
  return document.execCommand('insertText', false, text);
}
