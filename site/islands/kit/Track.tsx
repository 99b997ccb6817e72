export interface TrackStep {
  readonly name: string;
  readonly state: 'done' | 'now' | 'coming';
  /** In short lines: a narrow column must not part a date. */
  readonly when: readonly string[];
}

const SPOKEN = { done: '已过', now: '现在', coming: '还没到' };

/** How far something has come, as a row of steps; where it stands now is in vermilion. */
export function Track({ label, steps }: { label: string; steps: readonly TrackStep[] }) {
  return (
    <ol class="track" aria-label={label}>
      {steps.map(({ name, state, when }) => (
        <li key={name} class={state} aria-current={state === 'now' ? 'step' : undefined}>
          <strong>
            {name}
            <span class="visually-hidden">（{SPOKEN[state]}）</span>
          </strong>
          {when.map((line) => (
            <small key={line}>{line}</small>
          ))}
        </li>
      ))}
    </ol>
  );
}
