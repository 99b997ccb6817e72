import { api, ask, once } from '../../../lib/api.ts';
import { Form, ProseField } from '../../kit/form.tsx';
import { dayInWords } from '../../kit/time.ts';
import { Unfold } from '../../kit/Unfold.tsx';
import { useKept } from '../../kit/useKept.ts';
import { type Loaded, type Minutes, paramOf } from './read.ts';

interface Props {
  readonly of: Loaded;
  readonly minutes: Minutes;
  readonly reload: () => void;
}

/** What was put right after publication; the host adds to it. */
export function Corrections({ of, minutes: { corrections }, reload }: Props) {
  const { isHost } = of.place;
  if (corrections.length === 0 && !isHost) return null;
  return (
    <section class="minutes-corrections" aria-labelledby="corrections">
      <h2 id="corrections">更正</h2>
      {corrections.length === 0 && <p class="hint">还没有更正。</p>}
      <ul class="plain">
        {corrections.map(({ at, text }) => (
          <li key={at}>
            <time dateTime={at}>{dayInWords(at)}</time>
            <p class="prose-text">{text}</p>
          </li>
        ))}
      </ul>
      {isHost && <Unfold summary="写更正">{() => <Correct of={of} reload={reload} />}</Unfold>}
    </section>
  );
}

function Correct({ of, reload }: Pick<Props, 'of' | 'reload'>) {
  const [text, setText] = useKept(`correction:${of.place.me?.id}:${of.place.slug}:${of.number}`);
  return (
    <Form
      label="公布更正"
      primary={false}
      submit={async (_, key) => {
        const { corrections } = api.salons[':salon'].sessions[':number'].minutes;
        await ask(corrections.$post({ param: paramOf(of), json: { text } }, once(key)));
        setText('');
        reload();
      }}
    >
      {(problem) => (
        <ProseField
          label="更正内容"
          name="text"
          hint="写清原来怎样、应为怎样，例如：结论第一条“三天”应为“三个工作日”。公布后不能收回，全体成员收到消息。"
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          problem={problem}
        />
      )}
    </Form>
  );
}
