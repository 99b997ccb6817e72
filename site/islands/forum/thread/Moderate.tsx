import { useId, useState } from 'preact/hooks';
import type { ModerationAction } from '../../../../api/forum/contract.ts';
import { forum, type PlaceName } from '../../../lib/forum.ts';
import { Choose, Field, Form } from '../../kit/form.tsx';
import { Unfold } from '../../kit/Unfold.tsx';
import { PlacePicker } from '../begin/PlacePicker.tsx';
import { ACTION_WORDS } from '../words.ts';
import type { Thread } from './useThread.ts';

interface Props {
  readonly thread: Thread;
  readonly id: string;
  readonly actions: readonly ModerationAction[];
  /** Of the post it is done to; absent for the whole thread. */
  readonly n?: number;
}

/** What a host does to a post or a thread, with the reason that everybody will read. */
export function Moderate(props: Props) {
  const summary = props.n === undefined ? '主持' : '主持：隐去或恢复';
  return (
    <Unfold class="moderate" summary={summary}>
      {() => <ModerateForm {...props} />}
    </Unfold>
  );
}

function ModerateForm({ thread: { held, renew }, id, actions, n }: Props) {
  const list = useId();
  const [wanted, setWanted] = useState<ModerationAction>();
  const [place, setPlace] = useState<PlaceName>();
  const action = actions.find((one) => one === wanted) ?? actions[0] ?? 'lock';
  const submit = async ({ reason = '' }: { reason?: string }, key: string): Promise<void> => {
    const moved = action === 'move' && place ? { place: { kind: place.kind, key: place.key } } : {};
    const input = { action, reason, ...(n !== undefined && { n }), ...moved };
    await forum.moderate(id, input, key);
    await renew(n);
  };
  return (
    <>
      <Form label={ACTION_WORDS[action].label} primary={false} submit={submit}>
        {(problem) => (
          <>
            {actions.length > 1 && (
              <div onChange={({ target }) => setWanted(chosenIn(target, actions))}>
                <Choose
                  label="做什么"
                  name="action"
                  options={actions.map((one) => [one, ACTION_WORDS[one].label])}
                />
              </div>
            )}
            {action === 'move' && (
              <PlacePicker salon={held.thread.salon} place={place} choose={setPlace} />
            )}
            <Field
              label="理由"
              name="reason"
              hint="会公开写在讨论里。"
              list={list}
              maxLength={200}
              autocomplete="off"
              problem={problem}
            />
          </>
        )}
      </Form>
      <datalist id={list}>
        {ACTION_WORDS[action].reasons.map((reason) => (
          <option key={reason} value={reason} />
        ))}
      </datalist>
    </>
  );
}

const chosenIn = (
  target: EventTarget | null,
  actions: readonly ModerationAction[],
): ModerationAction | undefined =>
  target instanceof HTMLSelectElement ? actions.find((one) => one === target.value) : undefined;
