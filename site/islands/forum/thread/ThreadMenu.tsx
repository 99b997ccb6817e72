import { useState } from 'preact/hooks';
import { forum, type ThreadMine, TITLE_MOST } from '../../../lib/forum.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { Choose, Field, Form } from '../../kit/form.tsx';
import { Unfold } from '../../kit/Unfold.tsx';
import { actionsFor, LEVELS, WHAT_IT_IS } from '../words.ts';
import { Moderate } from './Moderate.tsx';
import type { Thread } from './useThread.ts';

interface Props {
  readonly id: string;
  readonly thread: Thread;
  readonly mine: ThreadMine;
}

/** What one wants to hear of the thread; its title, for who began it; what a host does to it. */
export function ThreadMenu({ id, thread, mine }: Props) {
  const { held, renew } = thread;
  return (
    <section class="thread-menu" aria-labelledby="thread-menu">
      <h2 id="thread-menu">这个讨论</h2>
      <div class="levels" role="group" aria-label="通知">
        {LEVELS.map(({ level, label, meaning }) => (
          <div key={label}>
            <ActionButton
              pressed={mine.follow === level}
              act={async (key) => {
                await forum.follow(id, level, key);
                await renew();
              }}
            >
              {label}
            </ActionButton>
            <p class="hint">{meaning}</p>
          </div>
        ))}
      </div>
      {held.own.has(1) && <Rename id={id} thread={thread} />}
      {mine.mayModerate && <Moderate id={id} thread={thread} actions={actionsFor(held.thread)} />}
    </section>
  );
}

function Rename({ id, thread: { held, renew } }: Omit<Props, 'mine'>) {
  const [done, setDone] = useState(0);
  const { title, asks } = held.thread;
  const kinds = [
    ['asks', WHAT_IT_IS.asks.label],
    ['talks', WHAT_IT_IS.talks.label],
  ] as const;
  return (
    <Unfold key={done} summary="改标题">
      {() => (
        <Form
          label="存下"
          primary={false}
          submit={async (values, key) => {
            await forum.rename(id, values['title'] ?? '', values['kind'] === 'asks', key);
            await renew();
            setDone(done + 1);
          }}
        >
          {(problem) => (
            <>
              <Field
                label="标题"
                name="title"
                defaultValue={title}
                maxLength={TITLE_MOST}
                problem={problem}
              />
              <Choose label="这是" name="kind" options={asks ? kinds : [...kinds].reverse()} />
            </>
          )}
        </Form>
      )}
    </Unfold>
  );
}
