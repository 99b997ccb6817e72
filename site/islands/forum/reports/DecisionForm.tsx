import type { JSX } from 'preact';
import { Field, Form } from '../../kit/form.tsx';
import { DECISIONS, type Decision } from './words.ts';

interface Props {
  readonly decision: Decision;
  readonly submit: (reason: string, key: string) => Promise<void>;
}

/** The reason, typed or taken from the ready ones, and the word that makes it so. */
export function DecisionForm({ decision, submit }: Props) {
  const { send, hint, phrases, verb } = DECISIONS[decision];
  const take = (phrase: string) => (event: JSX.TargetedMouseEvent<HTMLButtonElement>) => {
    const field = event.currentTarget.form?.elements.namedItem('reason');
    if (!(field instanceof HTMLInputElement)) return;
    field.value = phrase;
    field.focus();
  };
  return (
    <Form
      label={send}
      primary={decision === 'hidden'}
      submit={({ reason = '' }, key) => submit(reason, key)}
    >
      {(problem) => (
        <>
          <Field
            label={`${verb}的理由`}
            name="reason"
            hint={hint}
            maxLength={200}
            autocomplete="off"
            problem={problem}
          />
          <fieldset class="phrases">
            <legend>常用的理由，点一下填进去：</legend>
            {phrases.map((phrase) => (
              <button key={phrase} class="button" type="button" onClick={take(phrase)}>
                {phrase}
              </button>
            ))}
          </fieldset>
        </>
      )}
    </Form>
  );
}
