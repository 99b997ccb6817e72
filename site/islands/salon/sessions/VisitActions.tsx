import { useState } from 'preact/hooks';
import { api, ask } from '../../../lib/api.ts';
import { Form, ProseField } from '../../kit/form.tsx';
import { dayInWords } from '../../kit/time.ts';
import { Unfold } from '../../kit/Unfold.tsx';
import { ACTION_NAMES } from '../actions/words.ts';
import type { VisitPage, VisitProps } from './Visit.tsx';

/** What was given to the guest's unit to do, and how it is coming along. */
export function VisitActions({ pass, visit, reload }: VisitProps) {
  return (
    <section aria-labelledby="actions">
      <h2 id="actions">交给{visit.guest.unit}的待办</h2>
      <ul class="plain rows">
        {visit.actions.map((action) => (
          <Action key={action.id} pass={pass} action={action} reload={reload} />
        ))}
      </ul>
    </section>
  );
}

interface Props {
  readonly pass: string;
  readonly action: VisitPage['actions'][number];
  readonly reload: () => void;
}

function Action({ pass, action: { id, what, dueOn, state, result }, reload }: Props) {
  const [told, setTold] = useState(0);
  return (
    <li>
      <span>
        <strong>{what}</strong>
        <small>
          {ACTION_NAMES[state]}
          {dueOn && `　${dayInWords(dueOn)}前办结`}
        </small>
        {result && <small>办结反馈：{result}</small>}
      </span>
      {state !== 'done' && (
        <Unfold summary="写办理情况" class="action-more">
          {() => (
            <Form
              key={told}
              label="提交"
              primary={false}
              submit={async ({ text = '', next = '' }) => {
                const state = next === 'done' ? 'done' : 'doing';
                const json = { pass, action: id, state, text } as const;
                await ask(api['guest-visits'].progress.$post({ json }));
                setTold(told + 1);
                reload();
              }}
            >
              {(problem) => (
                <>
                  <div class="field">
                    <label for={`next-${id}`}>办到哪一步</label>
                    <select id={`next-${id}`} name="next">
                      <option value="doing">办理中</option>
                      <option value="done">已办结</option>
                    </select>
                  </div>
                  <ProseField
                    label="办理情况"
                    name="text"
                    hint="办结的，写明结果：它就是公布的办结反馈。"
                    maxLength={2000}
                    problem={problem}
                  />
                </>
              )}
            </Form>
          )}
        </Unfold>
      )}
    </li>
  );
}
