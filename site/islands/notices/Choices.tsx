import { useState } from 'preact/hooks';
import type { z } from 'zod';
import type { noticeChoices } from '../../../api/notices/contract.ts';
import { api, ask, once } from '../../lib/api.ts';
import { fetchMe, signInPath } from '../../lib/session.ts';
import { ActionButton } from '../kit/ActionButton.tsx';
import { Choose, Field, Form, type Values } from '../kit/form.tsx';
import { Show, useLoaded } from '../kit/load.tsx';
import { Day } from '../kit/Moment.tsx';

type All = z.infer<typeof noticeChoices>;
type Mail = All['groups'][number]['mail'];
type Change = Parameters<(typeof api.me)['notice-choices']['$put']>[0]['json'];

const change = (json: Change, key: string): Promise<All> =>
  ask(api.me['notice-choices'].$put({ json }, once(key)));

/** How I want to be told: the inbox always, mail as I choose. */
export function Choices() {
  const { shown, reload } = useLoaded(async () => {
    const me = await fetchMe();
    if (!me) location.replace(signInPath());
    return me && ask(api.me['notice-choices'].$get());
  });
  return (
    <Show shown={shown} reload={reload}>
      {(all) =>
        all ? (
          <>
            <p>
              与您有关的事，都写在<a href="/inbox/">通知</a>里。要不要再发一封邮件，在这里选。
            </p>
            <MailState mail={all.mail} reload={reload} />
            <Choosing all={all} reload={reload} />
          </>
        ) : (
          <p>请先登录。</p>
        )
      }
    </Show>
  );
}

interface StateProps {
  readonly mail: All['mail'];
  readonly reload: () => void;
}

/** Whether mail reaches me, and what to do where it does not. */
function MailState({ mail, reload }: StateProps) {
  const again = (label: string) => (
    <ActionButton
      act={async (key) => {
        await change({ resume: true }, key);
        reload();
      }}
    >
      {label}
    </ActionButton>
  );
  const toProfile = <a href="/account/#profile">我的账号</a>;
  return (
    <section aria-labelledby="mail-state">
      <h2 id="mail-state">邮箱</h2>
      {stateOf()}
    </section>
  );

  function stateOf() {
    const { available, address, refusedAt, stoppedAt, trouble } = mail;
    if (!available) {
      return <p>本站还没有设邮件服务器，暂时不发邮件。下面的选择先记着，设好后照办。</p>;
    }
    if (address === null) {
      return <p>您还没有填邮箱，收不到邮件。请到{toProfile}里填上；不想收邮件，就不用填。</p>;
    }
    if (stoppedAt !== null) {
      return (
        <>
          <p>
            您在 <Day iso={stoppedAt} /> 停止了全部邮件。
          </p>
          {again('重新收邮件')}
        </>
      );
    }
    if (refusedAt !== null) {
      return (
        <>
          <p>
            <Day iso={refusedAt} /> 发到 {address} 的邮件被退回，之后没有再发。{trouble}
            请到{toProfile}核对邮箱；地址没有错，就再试一次。
          </p>
          {again('再试')}
        </>
      );
    }
    return (
      <p>
        邮件发到 {address}。{trouble && `最近一封没有送到：${trouble}会自动再试。`}
      </p>
    );
  }
}

const CHOICES: readonly (readonly [Mail, string])[] = [
  ['each', '随时发'],
  ['digest', '汇总发'],
  ['off', '不发'],
];

function Choosing({ all, reload }: { readonly all: All; readonly reload: () => void }) {
  const [saved, setSaved] = useState(false);
  return (
    <section aria-labelledby="choosing">
      <h2 id="choosing">哪些发邮件</h2>
      <Form
        label="保存"
        submit={async (values, key) => {
          await change(changeOf(all, values), key);
          setSaved(true);
          reload();
        }}
      >
        {(problem) => (
          <>
            <Table groups={all.groups} />
            <Choose
              label="汇总什么时候发"
              name="digest"
              defaultValue={all.timing.digest}
              options={[
                ['daily', '每天早上 8:00'],
                ['weekly', '每周一早上 8:00'],
              ]}
            />
            <fieldset class="quiet-hours">
              <legend>免打扰</legend>
              <p class="hint">这段时间不发邮件，过后再发；空着就是不设。</p>
              <div>
                <Field
                  label="从"
                  name="quietFrom"
                  type="time"
                  defaultValue={isQuiet(all.timing) ? all.timing.quietFrom : ''}
                  problem={problem}
                />
                <Field
                  label="到"
                  name="quietUntil"
                  type="time"
                  defaultValue={isQuiet(all.timing) ? all.timing.quietUntil : ''}
                  problem={problem}
                />
              </div>
            </fieldset>
            {saved && !problem && <p role="status">已保存。</p>}
          </>
        )}
      </Form>
    </section>
  );
}

/** A cell is its radio's label: the whole of it takes the thumb. */
function Table({ groups }: Pick<All, 'groups'>) {
  return (
    <table class="choices">
      <thead>
        <tr>
          <th scope="col">通知</th>
          {CHOICES.map(([value, label]) => (
            <th key={value} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {groups.map(({ group, mail }) => (
          <tr key={group}>
            <th scope="row">{group}</th>
            {CHOICES.map(([value, label]) => (
              <td key={value}>
                <label>
                  <input
                    type="radio"
                    name={group}
                    value={value}
                    defaultChecked={value === mail}
                    aria-label={`${group}：${label}`}
                  />
                </label>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** From here to here is no time at all. */
const NEVER = '00:00';

const isQuiet = ({ quietFrom, quietUntil }: All['timing']): boolean => quietFrom !== quietUntil;

/** Only what is changed: what is usual stays usual, also when the installation changes that. */
function changeOf({ groups }: All, values: Values): Change {
  const { digest } = values;
  const [quietFrom, quietUntil] = [values['quietFrom'] || NEVER, values['quietUntil'] || NEVER];
  const changed = groups.flatMap(({ group, mail }) => {
    const chosen = CHOICES.find(([value]) => value === values[group])?.[0];
    return chosen === undefined || chosen === mail ? [] : [[group, chosen]];
  });
  return {
    groups: Object.fromEntries(changed),
    timing: { digest: digest === 'weekly' ? 'weekly' : 'daily', quietFrom, quietUntil },
  };
}
