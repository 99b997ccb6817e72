import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { type Edit, insertBlock, prefixLines, type Selection, TABLE, wrap } from './edit.ts';

const TOOLS: readonly [name: string, does: string, act: (selection: Selection) => Edit][] = [
  ['粗体', '把选中的字加粗', (at) => wrap(at, '**', '**', '粗体字')],
  ['列表', '把选中的几行变成列表', (at) => prefixLines(at, '- ')],
  ['引用', '把选中的几行变成引用', (at) => prefixLines(at, '> ')],
  ['表格', '插入一张表格', (at) => insertBlock(at, TABLE)],
  ['链接', '给选中的字加上链接', (at) => wrap(at, '[', '](https://)', '链接的文字')],
];
const PICTURES = 'image/png,image/jpeg,image/webp,image/gif';

interface Props {
  readonly apply: (act: (selection: Selection) => Edit) => void;
  readonly choose: (files: readonly File[]) => void;
}

/** What a text can be given; the arrows go from one tool to the next. */
export function Toolbar({ apply, choose }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const move = (event: JSX.TargetedKeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const tools = [...event.currentTarget.querySelectorAll('button')];
    const at = tools.indexOf(document.activeElement as HTMLButtonElement);
    tools[(at + step + tools.length) % tools.length]?.focus();
  };
  const chosen = ({ currentTarget }: JSX.TargetedEvent<HTMLInputElement>) => {
    choose([...(currentTarget.files ?? [])]);
    currentTarget.value = '';
  };
  return (
    <div class="tools" role="toolbar" aria-label="排版" onKeyDown={move}>
      {TOOLS.map(([name, does, act]) => (
        <button key={name} type="button" aria-label={`${name}：${does}`} onClick={() => apply(act)}>
          {name}
        </button>
      ))}
      <button type="button" aria-label="图片：从这台设备选" onClick={() => input.current?.click()}>
        图片
      </button>
      <input
        ref={input}
        type="file"
        accept={PICTURES}
        multiple
        hidden
        aria-label="选图片"
        onChange={chosen}
      />
    </div>
  );
}
