import { api, ask, once } from '../../../lib/api.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { Choose, Form, ProseField } from '../../kit/form.tsx';
import { Show, useLoaded } from '../../kit/load.tsx';
import { dayInWords } from '../../kit/time.ts';
import { Unfold } from '../../kit/Unfold.tsx';
import { hasMoved } from '../committee/Motions.tsx';
import { move } from '../committee/read.ts';
import { editUrl, newUrl } from '../links.ts';
import type { Place } from '../place.tsx';
import { SupportButton } from './Proposed.tsx';
import type { Topic } from './read.ts';

interface Props {
  readonly place: Place;
  readonly topic: Topic;
  readonly reload: () => void;
}

const one = api.salons[':salon'].topics[':topic'];

/** What this person may do with the topic now, as the server says. */
export function TopicActions({ place, topic, reload }: Props) {
  const { may, id, mine } = topic;
  const param = { salon: place.slug, topic: id };
  const supportable = may.support && !mine;
  // A draft is dropped where it is written.
  const withdrawable = may.withdraw && !may.edit;
  if (!Object.values({ ...may, support: supportable }).includes(true)) return null;
  return (
    <div class="topic-actions">
      <p class="bar">
        {may.edit && (
          <a class="button primary" href={editUrl(place.slug, id)}>
            {may.propose ? '接着写，提出' : '编辑'}
          </a>
        )}
        {supportable && <SupportButton place={place} topic={topic} reload={reload} />}
        {may.again && (
          <a class="button primary" href={`${newUrl(place.slug)}&again=${id}`}>
            再次提出
          </a>
        )}
        {withdrawable && (
          <ActionButton
            confirm="撤回这个议题？撤回后不能恢复，附议的席位会收到通知。"
            act={async (key) => {
              await ask(one.withdraw.$post({ param }, once(key)));
              reload();
            }}
          >
            撤回
          </ActionButton>
        )}
      </p>
      {may.decline && (
        <Decline
          reload={reload}
          label="不采用"
          hint="所有席位都看得到，提出的席位和附议的席位会收到通知。不采用之后不能恢复。"
          send={(reason, key) => ask(one.decline.$post({ param, json: { reason } }, once(key)))}
        />
      )}
      {may.move && !hasMoved(topic.motions) && (
        <Decline
          reload={reload}
          label="动议不采用"
          hint="提出就算您签署了；另一名委员签署就通过，所有席位都看得到，不能恢复。"
          send={(reason, key) => move({ topicId: id, reason }, place.slug, key)}
        />
      )}
      {may.schedule && <Schedule param={param} reload={reload} />}
    </div>
  );
}

interface FormProps {
  readonly param: { readonly salon: string; readonly topic: string };
  readonly reload: () => void;
}

interface DeclineProps {
  readonly reload: () => void;
  readonly label: string;
  readonly hint: string;
  readonly send: (reason: string, key: string) => Promise<unknown>;
}

/** By the host at once, by a member as a motion. */
function Decline({ reload, label, hint, send }: DeclineProps) {
  return (
    <Unfold summary={`${label}这个议题`}>
      {() => (
        <Form
          label={label}
          primary={false}
          submit={async ({ reason = '' }, key) => {
            await send(reason, key);
            reload();
          }}
        >
          {(problem) => <ProseField label="理由" name="reason" hint={hint} problem={problem} />}
        </Form>
      )}
    </Unfold>
  );
}

const plannedSessions = async (salon: string) => {
  const { sessions } = await ask(
    api.salons[':salon'].sessions.$get({ param: { salon }, query: { limit: '20' } }),
  );
  return sessions.filter(({ state, number }) => state === 'planned' && number !== null);
};

function Schedule(props: FormProps) {
  return <Unfold summary="安排到另一期">{() => <ScheduleForm {...props} />}</Unfold>;
}

function ScheduleForm({ param, reload }: FormProps) {
  const sessions = useLoaded(() => plannedSessions(param.salon));
  return (
    <Show shown={sessions.shown} reload={sessions.reload}>
      {(planned) =>
        planned.length === 0 ? (
          <p>还没有将要开的一期。主办单位安排以后，再来排进去。</p>
        ) : (
          <Form
            label="安排"
            submit={async ({ number = '' }, key) => {
              const json = { number: Number(number) };
              await ask(one.schedule.$post({ param, json }, once(key)));
              reload();
            }}
          >
            {(problem) => (
              <Choose
                label="排进哪一期的议程"
                name="number"
                options={planned.map(({ number, startsAt }) => [
                  String(number),
                  `第 ${number} 期，${dayInWords(startsAt)}`,
                ])}
                problem={problem}
              />
            )}
          </Form>
        )
      }
    </Show>
  );
}
