import { dayOfYear } from '../../kit/time.ts';
import type { ActionItem } from './read.ts';
import { ACTION_NAMES, type ActionState } from './words.ts';

const STEPS: readonly ActionState[] = ['todo', 'doing', 'done'];

/** Where it stands between given and done; what was done at once was never 办理中. */
export function StateTrack({ item: { state, notes, doneAt } }: { item: ActionItem }) {
  const begun = notes.find((note) => note.state === 'doing')?.at;
  const since = { todo: undefined, doing: begun, done: doneAt ?? undefined };
  const now = STEPS.indexOf(state);
  return (
    <ol class="plain state-track" aria-label="进度">
      {STEPS.map((step, index) => {
        const passed = index < now && (step !== 'doing' || begun !== undefined);
        const at = index <= now ? since[step] : undefined;
        return (
          <li
            key={step}
            class={index === now ? `now ${step}` : passed ? 'passed' : undefined}
            aria-current={index === now ? 'step' : undefined}
          >
            <strong>{ACTION_NAMES[step]}</strong>
            {at && <small>{dayOfYear(at)}</small>}
          </li>
        );
      })}
    </ol>
  );
}
