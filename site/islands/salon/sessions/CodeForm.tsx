import { useEffect, useId, useRef } from 'preact/hooks';
import { ProblemNote } from '../../kit/problem.tsx';
import { useTry } from '../../kit/useTry.ts';

const DIGITS = 6;

interface Props {
  readonly send: (code: string, key: string) => Promise<void>;
  readonly label?: string;
}

/** 签到码: sent by itself with the sixth digit, and ready for the next try when it was wrong. */
export function CodeForm({ send, label = '屏幕上的 6 位签到码' }: Props) {
  const { busy, problem, attempt } = useTry();
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const submit = () => attempt((key) => send(field.current?.value ?? '', key));
  useEffect(() => {
    if (problem?.code === 'wrongCode') field.current?.select();
  }, [problem]);
  return (
    <form
      class="code-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label for={id}>{label}</label>
      <div class="code-line">
        <input
          ref={field}
          id={id}
          name="code"
          class="code-field"
          inputmode="numeric"
          autocomplete="one-time-code"
          enterkeyhint="done"
          maxLength={DIGITS + 3}
          aria-invalid={problem ? 'true' : undefined}
          onInput={({ currentTarget }) => {
            const digits = currentTarget.value.normalize('NFKC').replace(/\D/g, '');
            if (digits !== currentTarget.value) currentTarget.value = digits;
            if (digits.length === DIGITS) submit();
          }}
        />
        <button class="button primary" type="submit" aria-disabled={busy}>
          {busy ? '请稍候…' : '签到'}
        </button>
      </div>
      <ProblemNote problem={problem} />
    </form>
  );
}
