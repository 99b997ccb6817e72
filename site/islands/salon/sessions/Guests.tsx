import { useState } from 'preact/hooks';
import { api, ask, once } from '../../../lib/api.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { Field, Form } from '../../kit/form.tsx';
import { useLoaded } from '../../kit/load.tsx';
import { Unfold } from '../../kit/Unfold.tsx';
import { GuestLink } from './GuestLink.tsx';
import { type Guest, sessionApi } from './read.ts';
import type { PartProps } from './SessionPage.tsx';
import { ANSWER_NAMES } from './words.ts';

/** 嘉宾: whom chair or host invited to this session, and whether they come. */
export function Guests(part: PartProps) {
  const { guests, may } = part.session;
  const [made, setMade] = useState<{ name: string; link: string }>();
  return (
    <section aria-labelledby="guests">
      <h2 id="guests">嘉宾</h2>
      {guests.length === 0 && <p>还没有邀请嘉宾。</p>}
      {made && <GuestLink {...made} />}
      <ul class="plain rows">
        {guests.map((guest) => (
          <GuestRow key={guest.id} {...part} guest={guest} hand={setMade} />
        ))}
      </ul>
      {may.prepare && (
        <Unfold summary="邀请嘉宾">{() => <Invite {...part} hand={setMade} />}</Unfold>
      )}
    </section>
  );
}

interface Handing extends PartProps {
  readonly hand: (made: { name: string; link: string } | undefined) => void;
}

const titleOf = ({ unit, name }: Pick<Guest, 'unit' | 'name'>): string => `${unit}　${name}`;

function GuestRow({ guest, param, session, reload, hand }: Handing & { readonly guest: Guest }) {
  const one = sessionApi.guests[':guest'];
  const at = { param: { ...param, guest: guest.id } };
  return (
    <li>
      <span>
        <strong>{titleOf(guest)}</strong>
        <small>{guest.present ? '已签到' : ANSWER_NAMES[guest.answer]}</small>
      </span>
      {session.may.prepare && (
        <span class="action">
          {!guest.hasAccount && (
            <ActionButton
              confirm="原来的链接随即失效，要换一个？"
              act={async (key) => {
                const { link } = await ask(one.link.$post(at, once(key)));
                hand({ name: titleOf(guest), link });
              }}
            >
              换一个链接
            </ActionButton>
          )}
          {!guest.present && (
            <ActionButton
              confirm={`移除${guest.name}？链接随即失效。`}
              act={async () => {
                await ask(one.$delete(at));
                reload();
              }}
            >
              移除
            </ActionButton>
          )}
        </span>
      )}
    </li>
  );
}

/** Someone new, who gets a link; or a guest of the salon with an account, who gets a notice. */
function Invite({ place, param, session, reload, hand }: Handing) {
  const { shown } = useLoaded(() =>
    ask(api.salons[':salon'].members.$get({ param: { salon: place.slug } })),
  );
  const [added, setAdded] = useState(0);
  const [who, setWho] = useState('');
  const known = (shown.state === 'ready' ? shown.data.members : []).filter(
    ({ role, name }) =>
      role === 'guest' && !session.guests.some((one) => one.hasAccount && one.name === name),
  );
  const chosen = known.find(({ personId }) => personId === who);
  return (
    <Form
      key={added}
      label={chosen ? '邀请' : '邀请并生成链接'}
      primary={false}
      submit={async ({ unit = '', name = '' }, key) => {
        const json = chosen
          ? { unit: chosen.unit, name: chosen.name, personId: chosen.personId }
          : { unit, name };
        const { guest, link } = await ask(sessionApi.guests.$post({ param, json }, once(key)));
        hand(link ? { name: titleOf(guest), link } : undefined);
        setAdded(added + 1);
        setWho('');
        reload();
      }}
    >
      {(problem) => (
        <>
          {known.length > 0 && (
            <div class="field">
              <label for="known-guest">请谁</label>
              <select
                id="known-guest"
                value={who}
                onChange={({ currentTarget }) => setWho(currentTarget.value)}
              >
                <option value="">没有账号的人（给一个链接）</option>
                {known.map((one) => (
                  <option key={one.personId} value={one.personId}>
                    {titleOf(one)}
                  </option>
                ))}
              </select>
            </div>
          )}
          {chosen ? (
            <p>对方登录后就能看到这一期，并收到通知。</p>
          ) : (
            <>
              <Field label="单位" name="unit" maxLength={60} problem={problem} />
              <Field
                label="姓名"
                name="name"
                maxLength={40}
                autocomplete="off"
                hint="对方不用账号，凭链接看议程和材料、签到、回报待办。"
                problem={problem}
              />
            </>
          )}
        </>
      )}
    </Form>
  );
}
