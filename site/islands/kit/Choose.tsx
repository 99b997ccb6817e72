import { useId } from 'preact/hooks';
import type { ApiProblem } from '../../lib/api.ts';
import { errorFor } from './form.tsx';

interface Props {
  readonly label: string;
  readonly name: string;
  /** Value and what is read, in order. */
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly problem?: ApiProblem | undefined;
}

/** One of several, by name. */
export function Choose({ label, name, options, problem }: Props) {
  const id = useId();
  const error = errorFor(problem, name);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        name={name}
        aria-describedby={error && `${id}-error`}
        aria-invalid={error ? 'true' : undefined}
      >
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
