import { useState } from 'preact/hooks';
import { api, ask, once } from '../../../lib/api.ts';
import { Form, ProseField } from '../../kit/form.tsx';
import { Unfold } from '../../kit/Unfold.tsx';
import { useKept } from '../../kit/useKept.ts';
import type { Place } from '../place.tsx';
import type { ActionItem } from './read.ts';

interface Props {
  readonly place: Place;
  readonly item: ActionItem;
  /** What came of it, in words. */
  readonly done: (words: string) => void;
}

type Next = 'doing' | 'done';

/** 办理: whoever answers for the item, and the host, say how far it is. */
export function Work(props: Props) {
  const { item, place } = props;
  if (!item.mayWork) return null;
  if (item.state !== 'done') return <Report {...props} />;
  if (!place.isHost) return <p class="hint">已经办结。要重新办理，请联系主办单位。</p>;
  return (
    <Unfold summary="重新办理" class="reopen">
      {() => <Reopen {...props} />}
    </Unfold>
  );
}

const draftKey = ({ place, item }: Props): string => `action:${place.me?.id}:${item.id}`;

const tell = ({ place, item }: Props, state: Next, text: string, key: string) =>
  ask(
    api.salons[':salon'].actions[':action'].progress.$post(
      { param: { salon: place.slug, action: item.id }, json: { state, text } },
      once(key),
    ),
  );

const STEPS = {
  todo: [
    ['doing', '开始办理'],
    ['done', '已经办结'],
  ],
  doing: [
    ['doing', '还在办理'],
    ['done', '已经办结'],
  ],
} as const;
const ASKED = {
  doing: { label: '办理情况', hint: '做了什么，到哪一步，还差什么。', button: '写下办理情况' },
  done: {
    label: '办结反馈',
    hint: '结果怎样，谁受益，有什么凭据。会随纪要一起公布。',
    button: '办结',
  },
} as const;
const SAID = {
  doing: '办理情况已记下，主办单位、轮值主席和关心这个议题的人会收到消息。',
  done: '已办结，主办单位、轮值主席和关心这个议题的人会收到消息。',
} as const;

function Report(props: Props) {
  const { item, done } = props;
  const [text, setText] = useKept(draftKey(props));
  const [next, setNext] = useState<Next>('doing');
  const { label, hint, button } = ASKED[next];
  return (
    <section class="action-work" aria-labelledby="work">
      <h3 id="work">办理</h3>
      <Form
        label={button}
        submit={async (_, key) => {
          await tell(props, next, text, key);
          setText('');
          done(SAID[next]);
        }}
      >
        {(problem) => (
          <>
            <fieldset class="steps">
              <legend>办到哪一步</legend>
              {STEPS[item.state === 'todo' ? 'todo' : 'doing'].map(([state, words]) => (
                <label key={state}>
                  <input
                    type="radio"
                    name="state"
                    value={state}
                    checked={next === state}
                    onChange={() => setNext(state)}
                  />
                  {words}
                </label>
              ))}
            </fieldset>
            <ProseField
              label={label}
              name="text"
              rows={4}
              hint={hint}
              value={text}
              onInput={({ currentTarget }) => setText(currentTarget.value)}
              problem={problem}
            />
          </>
        )}
      </Form>
    </section>
  );
}

function Reopen(props: Props) {
  const [text, setText] = useKept(draftKey(props));
  return (
    <Form
      label="转回办理中"
      primary={false}
      submit={async (_, key) => {
        await tell(props, 'doing', text, key);
        setText('');
        props.done('已转回办理中，责任单位会收到消息。');
      }}
    >
      {(problem) => (
        <ProseField
          label="为什么要重新办理"
          name="text"
          hint="写清还缺什么，责任单位看得到。"
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          problem={problem}
        />
      )}
    </Form>
  );
}
