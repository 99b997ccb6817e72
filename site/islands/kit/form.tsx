import type { ComponentChildren, JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { ApiProblem } from '../../lib/api.ts';
import { ProblemNote } from './problem.tsx';
import { useTry } from './useTry.ts';

interface LabelledProps {
  readonly label: string;
  readonly name: string;
  readonly hint?: ComponentChildren;
  readonly problem?: ApiProblem | undefined;
}
type FieldProps = LabelledProps &
  Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'label' | 'name' | 'id'>;
type ProseProps = LabelledProps &
  Omit<JSX.TextareaHTMLAttributes<HTMLTextAreaElement>, 'label' | 'name' | 'id'>;

const errorFor = (problem: ApiProblem | undefined, name: string): string | undefined =>
  problem?.errors.find(({ path }) => path === `/${name}` || path.endsWith(`/${name}`))?.message;

/** What ties a field to its label, its hint and what the server says is wrong in it. */
function Labelled({
  label,
  name,
  hint,
  problem,
  children,
}: LabelledProps & {
  readonly children: (ties: {
    id: string;
    name: string;
    'aria-describedby': string | undefined;
    'aria-invalid': 'true' | undefined;
  }) => ComponentChildren;
}) {
  const id = useId();
  const error = errorFor(problem, name);
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <div class="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {children({
        id,
        name,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? 'true' : undefined,
      })}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

/** A labelled line of text. */
export function Field({ label, name, hint, problem, ...input }: FieldProps) {
  return (
    <Labelled label={label} name={name} hint={hint} problem={problem}>
      {(ties) => <input {...ties} {...input} />}
    </Labelled>
  );
}

/** A labelled text of several lines; it grows with what is written. */
export function ProseField({ label, name, hint, problem, ...area }: ProseProps) {
  return (
    <Labelled label={label} name={name} hint={hint} problem={problem}>
      {(ties) => <textarea rows={4} {...ties} {...area} />}
    </Labelled>
  );
}

/** A password that can be looked at while it is typed. */
export function PasswordField(props: FieldProps) {
  const [seen, setSeen] = useState(false);
  return (
    <div class="password-field">
      <Field {...props} type={seen ? 'text' : 'password'} autocapitalize="off" spellcheck={false} />
      <button class="plain-button" type="button" aria-pressed={seen} onClick={() => setSeen(!seen)}>
        {seen ? '隐藏密码' : '显示密码'}
      </button>
    </div>
  );
}

/** What a form holds, as text by field name. */
export type Values = Readonly<Record<string, string>>;

interface FormProps {
  /** Does it; `key` is the same for each retry of one submission. */
  readonly submit: (values: Values, key: string) => Promise<void>;
  readonly label: string;
  readonly primary?: boolean;
  /** What the fields show of the last refusal. */
  readonly children: (problem: ApiProblem | undefined) => ComponentChildren;
}

/**
 * A form that keeps what was typed whatever happens, cannot be sent twice at once, and says what
 * the server said.
 */
export function Form({ submit, label, primary = true, children }: FormProps) {
  const { busy, problem, attempt } = useTry();
  const send = (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
    );
    attempt((key) => submit(values, key));
  };
  return (
    <form class="form" onSubmit={send} noValidate>
      {children(problem)}
      <ProblemNote problem={problem} />
      <button class={primary ? 'button primary' : 'button'} type="submit" aria-disabled={busy}>
        {busy ? '请稍候…' : label}
      </button>
    </form>
  );
}

/** A form that only asks for the password once more, before what a found phone must not do. */
export function PasswordForm({
  label,
  submit,
}: {
  readonly label: string;
  readonly submit: (password: string) => Promise<void>;
}) {
  return (
    <Form label={label} primary={false} submit={({ password = '' }) => submit(password)}>
      {(problem) => (
        <PasswordField
          label="现在的密码"
          name="password"
          autocomplete="current-password"
          problem={problem}
        />
      )}
    </Form>
  );
}
