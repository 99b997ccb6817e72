import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

interface Props {
  readonly summary: string;
  /** The whole of it, where many of the same summary stand on a page. */
  readonly label?: string;
  readonly class?: string;
  /** Made when it is first opened, so that a long list does not fetch everything. */
  readonly children: () => ComponentChildren;
}

export function Unfold({ summary, label, children, ...rest }: Props) {
  const [opened, setOpened] = useState(false);
  return (
    <details {...rest} onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary aria-label={label}>{summary}</summary>
      {opened && children()}
    </details>
  );
}
