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
        <div class="names" id={id} role="listbox" aria-label="提到谁">
          {found.map((name, at) => (
            <div
              key={name}
              id={`${id}-${at}`}
              role="option"
              tabIndex={-1}
              aria-selected={at === active}
              // Before the text loses the focus.
              onPointerDown={(event) => {
                event.preventDefault();
                choose(name);
              }}
            >
              {name}
            </div>
          ))}
        </div>
      )}
      <p class="visually-hidden" role="status">
        {found.length > 0 ? `可以提到 ${found.length} 个，上下键选，回车确认` : ''}
      </p>
    </>
  );
}
