import { useState } from 'preact/hooks';
import { STANDING_NAMES } from '../../../api/access/contract.ts';
import { api, ask, once } from '../../lib/api.ts';
import { ActionButton } from '../kit/ActionButton.tsx';
import { Field, Form } from '../kit/form.tsx';
import { Show } from '../kit/load.tsx';
import { HandedPass, type Pass } from './PassCard.tsx';
import { loadPlace, type Place, PlaceHead, useRoom } from './place.tsx';
import { Roster } from './Roster.tsx';

/** In this order on the page. */
const ROLES = ['host', 'secretary', 'guest', 'trainer', 'learner'] as const;

const load = async () => {
  const place = await loadPlace();
  const param = { salon: place.slug };
  const { members } = await ask(api.salons[':salon'].members.$get({ param }));
  return { place, members };
};
type Member = Awaited<ReturnType<typeof load>>['members'][number];

/** Who belongs to the salon; for the host, inviting, helping and removing. */
export function Members() {
  const { shown, reload } = useRoom(load);
  const [handed, setHanded] = useState<{ name: string; pass: Pass }>();
  return (
    <Show shown={shown} reload={reload}>
      {({ place, members }) => (
        <PlaceHead place={place} room="members">
          {place.isHost && (
            <p class="bar">
              <a class="button" href="#add-member">
                加入一位
              </a>
              <a class="button" href="#roster">
                导入名单
              </a>
            </p>
          )}
          {handed && <HandedPass name={handed.name} pass={handed.pass} />}
          {ROLES.map((role) => ({ role, some: members.filter((one) => one.role === role) }))
            .filter(({ some }) => some.length > 0)
            .map(({ role, some }) => (
              <section key={role} aria-labelledby={`role-${role}`}>
                <h2 id={`role-${role}`}>
                  {STANDING_NAMES[role]}（{some.length}）
                </h2>
                <ul class="plain rows">
                  {some.map((member) => (
                    <MemberRow
                      key={member.personId}
                      place={place}
                      member={member}
                      reload={reload}
                      hand={(pass) => setHanded({ name: member.name, pass })}
                    />
                  ))}
                </ul>
              </section>
            ))}
          {place.isHost && (
            <>
              <AddMember place={place} reload={reload} hand={setHanded} />
              <Roster place={place} reload={reload} />
            </>
          )}
        </PlaceHead>
      )}
    </Show>
  );
}

interface RowProps {
  readonly place: Place;
  readonly member: Member;
  readonly reload: () => void;
  readonly hand: (pass: Pass) => void;
}

function MemberRow({ place, member, reload, hand }: RowProps) {
  const { personId, name, phone, community, unit, entered, role } = member;
  const param = { salon: place.slug, person: personId };
  const one = api.salons[':salon'].members[':person'];
  return (
    <li>
      <span>
        <strong>{name}</strong>
        <small>
          {[community, unit, phone, entered ? '' : '还没有加入'].filter(Boolean).join(' · ')}
        </small>
      </span>
      {place.isHost && (
        <span class="action">
          {!entered && (
            <ActionButton
              act={async (key) => hand(await ask(one.invitation.$post({ param }, once(key))))}
            >
              发邀请
            </ActionButton>
          )}
          {entered && role !== 'host' && (
            <ActionButton
              confirm={`给${name}发重置码？对方须用它设新密码。`}
              act={async (key) => hand(await ask(one.reset.$post({ param }, once(key))))}
            >
              发重置码
            </ActionButton>
          )}
          {role !== 'secretary' && (
            <ActionButton
              confirm={`移除${name}？`}
              act={async () => {
                await ask(one.$delete({ param }));
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

interface AddProps {
  readonly place: Place;
  readonly reload: () => void;
  readonly hand: (handed: { name: string; pass: Pass }) => void;
}

function AddMember({ place, reload, hand }: AddProps) {
  const [added, setAdded] = useState(0);
  return (
    <section aria-labelledby="add-member">
      <h2 id="add-member">加入一位</h2>
      <p>社区书记随席位而来，请到“席位”页办理，或用下面的名单一次导入。</p>
      <Form
        key={added}
        label="加入并发邀请"
        primary={false}
        submit={async ({ name = '', phone = '', unit = '', role = '' }, key) => {
          const param = { salon: place.slug };
          const who = { name, unit, ...(phone && { phone }) };
          const { invitation } = await ask(
            role === 'host'
              ? api.salons[':salon'].hosts.$post({ param, json: who }, once(key))
              : api.salons[':salon'].members.$post(
                  { param, json: { ...who, role: role as 'trainer' | 'learner' | 'guest' } },
                  once(key),
                ),
          );
          if (invitation) hand({ name, pass: invitation });
          setAdded(added + 1);
          reload();
        }}
      >
        {(problem) => (
          <>
            <Field label="姓名" name="name" autocomplete="off" problem={problem} />
            <Field label="手机号" name="phone" type="tel" autocomplete="off" problem={problem} />
            <Field
              label="单位"
              name="unit"
              hint="可以不填。"
              autocomplete="off"
              problem={problem}
            />
            <div class="field">
              <label for="member-role">身份</label>
              <select id="member-role" name="role">
                <option value="trainer">培训师</option>
                <option value="learner">学员</option>
                <option value="guest">嘉宾</option>
                <option value="host">主办单位</option>
              </select>
            </div>
          </>
        )}
      </Form>
    </section>
  );
}
