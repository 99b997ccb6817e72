import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
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

interface ChooseProps extends LabelledProps {
  /** Value and what is read, in order. */
  readonly options: readonly (readonly [value: string, text: string])[];
  readonly defaultValue?: string;
  /** Where the page shows something else for each. */
  readonly value?: string;
  readonly onChange?: (value: string) => void;
}

/** One of several, by name. */
export function Choose({ options, defaultValue, value, onChange, ...labelled }: ChooseProps) {
  const given = value ?? defaultValue;
  return (
    <Labelled {...labelled}>
      {(ties) => (
        <select {...ties} onChange={({ currentTarget }) => onChange?.(currentTarget.value)}>
          {options.map(([value, text]) => (
            <option key={value} value={value} selected={value === given}>
              {text}
            </option>
          ))}
        </select>
      )}
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
  /** What is asked once before it is sent; nothing where there is nothing to ask yet. */
  readonly confirm?: (values: Values) => string | undefined;
  /** What the fields show of the last refusal. */
  readonly children: (problem: ApiProblem | undefined) => ComponentChildren;
}

/**
 * A form that keeps what was typed whatever happens, cannot be sent twice at once, and says what
 * the server said.
 */
export function Form({ submit, label, primary = true, confirm, children }: FormProps) {
  const { busy, problem, attempt } = useTry();
  const [question, setQuestion] = useState<string>();
  const send = (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
    );
    const asked = question === undefined ? confirm?.(values) : undefined;
    setQuestion(asked);
    if (!asked) attempt((key) => submit(values, key));
  };
  return (
    <form class="form" onSubmit={send} onInput={() => setQuestion(undefined)} noValidate>
      {children(problem)}
      <ProblemNote problem={problem} />
      {question ? (
        <Question text={question} drop={() => setQuestion(undefined)} />
      ) : (
        <button class={primary ? 'button primary' : 'button'} type="submit" aria-disabled={busy}>
          {busy ? '请稍候…' : label}
        </button>
      )}
    </form>
  );
}

/** In place of the form's button; typing anything drops it. */
function Question({ text, drop }: { readonly text: string; readonly drop: () => void }) {
  const yes = useRef<HTMLButtonElement>(null);
  useEffect(() => yes.current?.focus(), []);
  return (
    <div class="confirm" role="group" aria-label={text}>
      <span>{text}</span>
      <button class="button primary" type="submit" ref={yes}>
        确定
      </button>
      <button class="button" type="button" onClick={drop}>
        不了
      </button>
    </div>
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
