import { useEffect } from 'preact/hooks';
import { ApiProblem, api, ask } from '../../../lib/api.ts';
import { Show, useLoaded } from '../../kit/load.tsx';
import { lengthInWords, sumOf } from './agenda.ts';
import { CodeForm } from './CodeForm.tsx';
import { MeetingFacts } from './MeetingFacts.tsx';
import { AnswerButtons } from './Now.tsx';
import { ReadingLink, readingUrl } from './Readings.tsx';
import { VisitActions } from './VisitActions.tsx';
import { VisitFiles } from './VisitFiles.tsx';
import { dropVisit, keepVisit, takePass } from './visits.ts';
import { STATE_NAMES } from './words.ts';

const readVisit = (pass: string) => ask(api['guest-visits'].read.$post({ json: { pass } }));
export type VisitPage = Awaited<ReturnType<typeof readVisit>>;

const NO_LINK = new ApiProblem({
  code: 'noLink',
  status: 404,
  title: '请打开邀请链接',
  detail: '这一页要用邀请您的单位发来的链接打开。找不到了，请向他们再要一个。',
});

const load = async () => {
  const pass = takePass();
  if (!pass) throw NO_LINK;
  try {
    const visit = await readVisit(pass);
    keepVisit({ pass, salon: visit.salon.slug, number: visit.session.number });
    return { pass, visit };
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 410) dropVisit(pass);
    throw error;
  }
};

/** What the parts of a guest's page are given. */
export interface VisitProps {
  readonly pass: string;
  readonly visit: VisitPage;
  readonly reload: () => void;
}

/** Seconds between looks at what has changed: whoever has no account has no event stream. */
const EVERY = 30;

/** A guest without an account: one session, and what came of it for them. */
export function Visit() {
  const { shown, reload, refresh } = useLoaded(load);
  useEffect(() => {
    const timer = setInterval(() => !document.hidden && refresh(), EVERY * 1000);
    addEventListener('hashchange', reload);
    return () => {
      clearInterval(timer);
      removeEventListener('hashchange', reload);
    };
  }, []);
  return (
    <Show shown={shown} reload={reload}>
      {(data) => <Drawn {...data} reload={reload} />}
    </Show>
  );
}

function Drawn(props: VisitProps) {
  const { salon, session, actions } = props.visit;
  return (
    <>
      <p class="place-name">
        {salon.name}
        <small>主办：{salon.hostUnit}</small>
      </p>
      <Heading {...props} />
      <Now {...props} />
      {actions.length > 0 && <VisitActions {...props} />}
      <section aria-labelledby="agenda">
        <h2 id="agenda">议程</h2>
        {session.agenda.length === 0 && <p>还没有排。</p>}
        <ol class="plain agenda">
          {session.agenda.map(({ id, title, minutes }) => (
            <li key={id} class={session.current?.item === id ? 'now' : undefined}>
              <span class="agenda-title">{title}</span>
              <span class="agenda-minutes">{minutes} 分钟</span>
            </li>
          ))}
        </ol>
        {session.agenda.length > 0 && (
          <p class="hint">共 {lengthInWords(sumOf(session.agenda))}。</p>
        )}
      </section>
      <section aria-labelledby="materials">
        <h2 id="materials">会议材料</h2>
        {session.readings.length + session.attachments.length === 0 && <p>还没有材料。</p>}
        <ul class="plain rows readings">
          {session.readings.map((one) => (
            <li key={readingUrl(one)}>
              <ReadingLink reading={one} />
            </li>
          ))}
        </ul>
        <VisitFiles {...props} />
      </section>
    </>
  );
}

function Heading({ visit: { session } }: VisitProps) {
  const { number, state, topics, cancelReason } = session;
  return (
    <header class="meeting-head">
      <p class="meeting-when">
        {number !== null && <span class="meeting-number">第 {number} 期</span>}
        <span class={state === 'open' ? 'meeting-open' : undefined}>{STATE_NAMES[state]}</span>
      </p>
      {state === 'cancelled' && <p class="notice">这一期取消了：{cancelReason}</p>}
      {topics.length === 0 && <h2>议题还没有定</h2>}
      {topics.map(({ id, title, situation }) => (
        <div key={id}>
          <h2>{title}</h2>
          <p class="measure">{situation}</p>
        </div>
      ))}
      <MeetingFacts {...session} />
    </header>
  );
}

function Now({ pass, visit: { guest, session }, reload }: VisitProps) {
  const { state } = session;
  const here = guest.present;
  return (
    <section class="meeting-now" aria-label="现在能做的">
      <p>
        {guest.unit}　{guest.name}，您好。
      </p>
      {state === 'open' && !here && (
        <>
          <h3>签到</h3>
          <CodeForm
            send={async (code) => {
              await ask(api['guest-visits']['check-in'].$post({ json: { pass, code } }));
              reload();
            }}
          />
        </>
      )}
      <div role="status">
        {here && <h3 class="signed-in">已签到</h3>}
        {here && state === 'open' && (
          <p>会后如有交给您单位的事，会出现在这一页，请留着这个链接。</p>
        )}
      </div>
      {state === 'planned' && (
        <AnswerButtons
          given={guest.answer}
          answer={async (answer) => {
            await ask(api['guest-visits'].answer.$post({ json: { pass, answer } }));
            reload();
          }}
        />
      )}
    </section>
  );
}
