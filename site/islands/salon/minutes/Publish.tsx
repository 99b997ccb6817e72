import { useState } from 'preact/hooks';
import { api, ask, once } from '../../../lib/api.ts';
import { ProblemNote } from '../../kit/problem.tsx';
import { useTry } from '../../kit/useTry.ts';
import { minutesFileUrl } from '../links.ts';
import { type Draft, type Gap, gapsOf, isWhole, itemsOf } from './draft.ts';
import type { MinutesSaver } from './MinutesSaver.ts';
import { type Loaded, type Minutes, paramOf } from './read.ts';

interface Props {
  readonly of: Loaded;
  readonly minutes: Minutes;
  readonly draft: Draft;
  readonly saver: MinutesSaver;
  readonly reload: () => void;
}

/** The way on: for the chair to ask the host, for the host to publish. */
export function Publish(props: Props) {
  const { of, minutes, draft } = props;
  const gaps = gapsOf(draft);
  return (
    <section id="publish" aria-labelledby="publish-title">
      <h3 id="publish-title">公布</h3>
      {gaps.length > 0 ? (
        <Gaps gaps={gaps} />
      ) : (
        <>
          <Consequences draft={draft} minutes={minutes} />
          {minutes.mayPublish ? <HostStep {...props} /> : <ChairStep {...props} />}
        </>
      )}
      <p>
        <a href={minutesFileUrl(of.place.slug, of.number)} download="">
          下载草稿（Word）
        </a>
      </p>
    </section>
  );
}

/** What is missing, each with the way to it. */
function Gaps({ gaps }: { gaps: readonly Gap[] }) {
  return (
    <div class="quiet-note">
      <p>还差 {gaps.length} 处，补上就能公布：</p>
      <ul class="gaps">
        {gaps.map(({ at, words }) => (
          <li key={at}>
            <a
              href={`#${at}`}
              onClick={(event) => {
                event.preventDefault();
                goTo(at);
              }}
            >
              {words}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function goTo(id: string): void {
  const place = document.getElementById(id);
  const fields = [...(place?.querySelectorAll<HTMLInputElement>('input, textarea, select') ?? [])];
  const field = fields.find(({ value }) => value.trim() === '') ?? fields[0];
  place?.scrollIntoView({ block: 'center' });
  (field ?? place?.querySelector<HTMLElement>('button'))?.focus({ preventScroll: true });
}

function Consequences({ draft, minutes }: { draft: Draft; minutes: Minutes }) {
  const items = itemsOf(draft).filter(isWhole);
  const units = new Set(items.map(({ owner }) => owner)).size;
  const undated = items.filter(({ dueOn }) => dueOn === '').length;
  const silent = minutes.absent.filter(({ seatId }) => !draft.absences[seatId]?.trim()).length;
  const notes = [
    draft.recorder.trim() === '' && '没有写记录人',
    undated > 0 && `${undated} 项待办没有定时限`,
    silent > 0 && `${silent} 个缺席的社区没有写原因`,
  ].filter(Boolean);
  return (
    <>
      <p>公布以后：</p>
      <ul>
        <li>沙龙全体成员收到消息，可以看纪要、下载 Word；</li>
        <li>
          {items.length === 0
            ? '没有待办；'
            : `${items.length} 项待办会通知 ${units} 个单位，从此在“待办”里跟进；`}
        </li>
        <li>
          <strong>公布后只能更正，不能再改。</strong>
        </li>
      </ul>
      {notes.length > 0 && <p class="hint">提醒：{notes.join('，')}。可以就这样公布。</p>}
    </>
  );
}

/** Saves what is still being typed, then takes the step. */
function useStep({ saver, reload }: Props, step: (key: string) => Promise<unknown>) {
  const { busy, problem, attempt } = useTry();
  const take = () =>
    attempt(async (key) => {
      await saver.flush();
      if (!saver.isSaved) return;
      await step(key);
      reload();
    });
  return { busy, problem, take };
}

const one = api.salons[':salon'].sessions[':number'].minutes;

function ChairStep(props: Props) {
  const { of, minutes } = props;
  const { busy, problem, take } = useStep(props, (key) =>
    ask(one.submit.$post({ param: paramOf(of) }, once(key))),
  );
  if (minutes.state === 'submitted') {
    return <p class="quiet-note">已请主办单位公布。公布之前，您还可以接着改。</p>;
  }
  return (
    <>
      <ProblemNote problem={problem} />
      <button class="button primary" type="button" aria-disabled={busy} onClick={take}>
        {busy ? '请稍候…' : '写好了，请主办单位公布'}
      </button>
    </>
  );
}

function HostStep(props: Props) {
  const { of } = props;
  const [asking, setAsking] = useState(false);
  const { busy, problem, take } = useStep(props, (key) =>
    ask(one.publish.$post({ param: paramOf(of) }, once(key))),
  );
  const question = `公布第 ${of.number} 期纪要？公布后只能更正。`;
  return (
    <>
      <ProblemNote problem={problem} />
      {asking ? (
        <div class="confirm" role="group" aria-label={question}>
          <span>{question}</span>
          <button class="button primary" type="button" aria-disabled={busy} onClick={take}>
            {busy ? '请稍候…' : '确定公布'}
          </button>
          <button class="button" type="button" onClick={() => setAsking(false)}>
            再看看
          </button>
        </div>
      ) : (
        <button class="button primary" type="button" onClick={() => setAsking(true)}>
          公布纪要
        </button>
      )}
    </>
  );
}
