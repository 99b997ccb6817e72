import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { ApiProblem, newRequestKey } from '../../lib/api.ts';
import { mustSignIn, signInPath } from '../../lib/session.ts';

/** What became of the last try, for the person to read. */
export function ProblemNote({ problem }: { problem: ApiProblem | undefined }) {
  const note = useRef<HTMLDivElement>(null);
  useEffect(() => note.current?.scrollIntoView({ block: 'nearest' }), [problem]);
  if (!problem) return null;
  return (
    <div class="notice problem" role="alert" ref={note}>
      <p>
        <strong>{problem.title}。</strong>
        {problem.detail}
        {problem.retryAfter ? `请在 ${wait(problem.retryAfter)}后再试。` : ''}
      </p>
    </div>
  );
}

const wait = (seconds: number): string =>
  seconds < 90 ? ` ${Math.ceil(seconds)} 秒` : ` ${Math.ceil(seconds / 60)} 分钟`;

type InputProps = Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'label' | 'id'>;

interface FieldProps extends InputProps {
  readonly label: string;
  readonly name: string;
  readonly hint?: ComponentChildren;
  readonly problem?: ApiProblem | undefined;
}

const errorFor = (problem: ApiProblem | undefined, name: string): string | undefined =>
  problem?.errors.find(({ path }) => path === `/${name}` || path.endsWith(`/${name}`))?.message;

/** A labelled text field with its hint and what the server says is wrong in it. */
export function Field({ label, name, hint, problem, ...input }: FieldProps) {
  const id = useId();
  const error = errorFor(problem, name);
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input
        id={id}
        name={name}
        aria-describedby={described || undefined}
        aria-invalid={error ? 'true' : undefined}
        {...input}
      />
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
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
  const [problem, setProblem] = useState<ApiProblem>();
  const [busy, setBusy] = useState(false);
  const key = useRef(newRequestKey());
  const send = async (event: JSX.TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const values = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
    );
    setBusy(true);
    setProblem(undefined);
    try {
      await submit(values, key.current);
      key.current = newRequestKey();
    } catch (error) {
      const shown = asProblem(error);
      // An answer came: the next try is another request. Without one it must be the same.
      if (shown.status !== 0) key.current = newRequestKey();
      setProblem(shown);
    } finally {
      setBusy(false);
    }
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

/** Any error as something to show; an expired session leads to signing in and back. */
export function asProblem(error: unknown): ApiProblem {
  if (mustSignIn(error)) location.assign(signInPath());
  if (error instanceof ApiProblem) return error;
  console.error(error);
  return new ApiProblem({
    code: 'page',
    status: 0,
    title: '页面出错',
    detail: '请刷新页面再试；若一直这样，请告诉管理员。',
  });
}
