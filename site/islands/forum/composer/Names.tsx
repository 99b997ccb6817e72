import type { Calls } from './useNames.ts';

interface Props {
  readonly id: string;
  readonly calls: Calls;
  readonly choose: (name: string) => void;
}

/** Whom the @ could mean; the focus stays in the text. */
export function Names({ id, calls: { found, active }, choose }: Props) {
  return (
    <>
      {found.length > 0 && (
        <ul class="plain names" id={id} role="listbox" aria-label="提到谁">
          {found.map((name, at) => (
            <li
              key={name}
              id={`${id}-${at}`}
              role="option"
              aria-selected={at === active}
              // Before the text loses the focus.
              onPointerDown={(event) => {
                event.preventDefault();
                choose(name);
              }}
            >
              {name}
            </li>
          ))}
        </ul>
      )}
      <p class="visually-hidden" role="status">
        {found.length > 0 ? `可以提到 ${found.length} 个，上下键选，回车确认` : ''}
      </p>
    </>
  );
}
