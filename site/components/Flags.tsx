interface Props {
  flags: readonly string[];
  /** Whether the page itself has this state, for the index; a card of another page has not. */
  facet?: boolean;
}

/** The state of a source, in plain sight; everything but 完整 is a caution. */
export function Flags({ flags, facet = false }: Props) {
  return (
    <ul class="flags plain" aria-label="来源状况">
      {flags.map((flag) => (
        <li
          key={flag}
          class={flag === '完整' ? undefined : 'caution'}
          data-facet={facet ? `completeness:${flag}` : undefined}
        >
          {flag}
        </li>
      ))}
    </ul>
  );
}
