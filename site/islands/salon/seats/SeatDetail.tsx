import { useState } from 'preact/hooks';
import { api, ask, once } from '../../../lib/api.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { Field, Form } from '../../kit/form.tsx';
import { Show, useLoaded } from '../../kit/load.tsx';
import { dayInWords } from '../../kit/time.ts';
import { type Pass, PassCard } from '../PassCard.tsx';
import type { Place } from '../place.tsx';

interface Props {
  readonly place: Place;
  readonly id: string;
  readonly reload: () => void;
}

/** Who held a seat when; for the host, 换届 and its end. */
export function SeatDetail({ place, id, reload }: Props) {
  const param = { salon: place.slug, seat: id };
  const detail = useLoaded(() => ask(api.salons[':salon'].seats[':seat'].$get({ param })));
  const [pass, setPass] = useState<{ name: string; pass: Pass }>();
  const refresh = () => {
    detail.reload();
    reload();
  };
  return (
    <Show shown={detail.shown} reload={detail.reload}>
      {({ community, joinedOn, retiredOn, tenures }) => (
        <>
          <p class="hint">{dayInWords(joinedOn)}加入。</p>
          {tenures.length === 0 && <p>还没有书记。</p>}
          <ul>
            {tenures.map(({ personId, name, since, until }) => (
              <li key={personId + since}>
                {name}：{dayInWords(since)}起{until ? `，至${dayInWords(until)}` : '，现任'}
              </li>
            ))}
          </ul>
          {pass && <PassCard name={pass.name} pass={pass.pass} />}
          {place.isHost && retiredOn === null && (
            <>
              <HandOver
                community={community}
                holder={tenures.find(({ until }) => until === null)?.name}
                submit={async (person, key) => {
                  const json = { person };
                  const { invitation } = await ask(
                    api.salons[':salon'].seats[':seat']['hand-over'].$post(
                      { param, json },
                      once(key),
                    ),
                  );
                  setPass(invitation ? { name: person.name, pass: invitation } : undefined);
                  refresh();
                }}
              />
              <ActionButton
                confirm={`撤销“${community}”的席位？历史会保留，席位不再投票。`}
                act={async () => {
                  await ask(api.salons[':salon'].seats[':seat'].retire.$post({ param }));
                  refresh();
                }}
              >
                撤销席位
              </ActionButton>
            </>
          )}
        </>
      )}
    </Show>
  );
}

interface HandOverProps {
  readonly community: string;
  readonly holder: string | undefined;
  readonly submit: (person: { name: string; phone: string }, key: string) => Promise<void>;
}

function HandOver({ community, holder, submit }: HandOverProps) {
  const from = holder ? `由${holder}` : '';
  return (
    <>
      <h3>换届：交给新任书记</h3>
      <Form
        label="办理交接"
        confirm={({ name = '' }) =>
          name.trim() && `把${community}的席位${from}交给${name.trim()}？`
        }
        submit={({ name = '', phone = '' }, key) => submit({ name, phone }, key)}
      >
        {(problem) => (
          <>
            <Field label="新任书记姓名" name="name" autocomplete="off" problem={problem} />
            <Field
              label="手机号"
              name="phone"
              type="tel"
              hint="已有账号的，姓名与手机号对得上就沿用原账号。"
              autocomplete="off"
              problem={problem}
            />
          </>
        )}
      </Form>
    </>
  );
}
