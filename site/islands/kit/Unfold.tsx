import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

interface Props {
  readonly summary: string;
  readonly class?: string;
  /** Made when it is first opened, so that a long list does not fetch everything. */
  readonly children: () => ComponentChildren;
}

export function Unfold({ summary, children, ...rest }: Props) {
  const [opened, setOpened] = useState(false);
  return (
    <details {...rest} onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>{summary}</summary>
      {opened && children()}
    </details>
  );
}
