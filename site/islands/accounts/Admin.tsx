import { useState } from 'preact/hooks';
import { ApiProblem, api, ask, once } from '../../lib/api.ts';
import { fetchMe, signInPath } from '../../lib/session.ts';
import { ActionButton } from '../kit/ActionButton.tsx';
import { Field, Form } from '../kit/form.tsx';
import { Show, useLoaded } from '../kit/load.tsx';
import { HandedPass, type Pass } from '../salon/PassCard.tsx';

const page = (cursor?: string) =>
  ask(api.accounts.$get({ query: { limit: '50', ...(cursor && { cursor }) } }));

const load = async () => {
  const me = await fetchMe();
  if (!me) location.replace(signInPath());
  if (!me?.isAdmin) {
    throw new ApiProblem({
      code: 'forbidden',
      status: 403,
      title: '没有权限',
      detail: '这一页只供系统管理员使用。',
    });
  }
  const [{ salons }, accounts] = await Promise.all([ask(api.salons.$get()), page()]);
  return { salons, accounts };
};
type Data = Awaited<ReturnType<typeof load>>;
type Handed = { name: string; pass: Pass };

/** Salons and accounts of the installation; nothing about votes. */
export function Admin() {
  const { shown, reload } = useLoaded(load);
  const [handed, setHanded] = useState<Handed>();
  return (
    <Show shown={shown} reload={reload}>
      {(data) => (
        <>
          {handed && <HandedPass name={handed.name} pass={handed.pass} />}
          <Salons salons={data.salons} reload={reload} hand={setHanded} />
          <Accounts first={data.accounts} reload={reload} hand={setHanded} />
        </>
      )}
    </Show>
  );
}

interface SalonsProps {
  readonly salons: Data['salons'];
  readonly reload: () => void;
  readonly hand: (handed: Handed) => void;
}

function Salons({ salons, reload, hand }: SalonsProps) {
  const [done, setDone] = useState(0);
  return (
    <section aria-labelledby="salons">
      <h2 id="salons">沙龙</h2>
      <ul class="plain rows">
        {salons.map(({ slug, name, hostUnit }) => (
          <li key={slug}>
            <span>
              <strong>{name}</strong>
              <small>
                {slug} · {hostUnit}
              </small>
            </span>
            <details>
              <summary>指定主办单位人员</summary>
              <Form
                key={done}
                label="加入并发邀请"
                primary={false}
                submit={async ({ name: who = '', phone = '' }, key) => {
                  const json = { name: who, ...(phone && { phone }) };
                  const param = { salon: slug };
                  const { invitation } = await ask(
                    api.salons[':salon'].hosts.$post({ param, json }, once(key)),
                  );
                  if (invitation) hand({ name: who, pass: invitation });
                  setDone(done + 1);
                  reload();
                }}
              >
                {(problem) => (
                  <>
                    <Field label="姓名" name="name" autocomplete="off" problem={problem} />
                    <Field
                      label="手机号"
                      name="phone"
                      type="tel"
                      autocomplete="off"
                      problem={problem}
                    />
                  </>
                )}
              </Form>
            </details>
          </li>
        ))}
      </ul>
      <details>
        <summary>新建沙龙</summary>
        <Form
          key={done}
          label="新建沙龙"
          submit={async ({ slug = '', name = '', county = '', hostUnit = '' }, key) => {
            await ask(api.salons.$post({ json: { slug, name, county, hostUnit } }, once(key)));
            setDone(done + 1);
            reload();
          }}
        >
          {(problem) => (
            <>
              <Field label="沙龙名称" name="name" autocomplete="off" problem={problem} />
              <Field label="县（区）" name="county" autocomplete="off" problem={problem} />
              <Field
                label="主办单位"
                name="hostUnit"
                hint="例如 富平县民政局"
                autocomplete="off"
                problem={problem}
              />
              <Field
                label="网址名"
                name="slug"
                hint="小写字母、数字和短横线，例如 fuping；以后不能改。"
                autocapitalize="off"
                autocomplete="off"
                problem={problem}
              />
            </>
          )}
        </Form>
      </details>
    </section>
  );
}

interface AccountsProps {
  readonly first: Data['accounts'];
  readonly reload: () => void;
  readonly hand: (handed: Handed) => void;
}

function Accounts({ first, reload, hand }: AccountsProps) {
  const [more, setMore] = useState<Data['accounts']>();
  const rows = [...first.accounts, ...(more?.accounts ?? [])];
  const next = more ? more.next : first.next;
  return (
    <section aria-labelledby="accounts">
      <h2 id="accounts">账号</h2>
      <ul class="plain rows">
        {rows.map(({ id, name, phone, userName, isAdmin, active, entered }) => (
          <li key={id}>
            <span>
              <strong>{name}</strong>
              <small>
                {[
                  userName,
                  phone,
                  isAdmin && '系统管理员',
                  !entered && '还没有加入',
                  !active && '已停用',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </span>
            <details>
              <summary>办理</summary>
              <div class="bar">
                <ActionButton
                  act={async (key) => {
                    const param = { id };
                    hand({
                      name,
                      pass: await ask(api.accounts[':id'].reset.$post({ param }, once(key))),
                    });
                  }}
                >
                  发重置码
                </ActionButton>
                <ActionButton
                  confirm={
                    active ? `停用${name}的账号？登录随即退出，可以再恢复。` : `恢复${name}的账号？`
                  }
                  act={async () => {
                    const json = { active: !active };
                    await ask(api.accounts[':id'].active.$put({ param: { id }, json }));
                    reload();
                  }}
                >
                  {active ? '停用' : '恢复'}
                </ActionButton>
                <ActionButton
                  confirm={`替${name}关闭两步验证？只在手机和恢复码都丢了时才这样做。`}
                  act={async () => {
                    await ask(api.accounts[':id']['second-factor'].$delete({ param: { id } }));
                  }}
                >
                  关闭两步验证
                </ActionButton>
              </div>
            </details>
          </li>
        ))}
      </ul>
      {next && (
        <ActionButton
          act={async () => {
            const older = await page(next);
            setMore({ accounts: [...(more?.accounts ?? []), ...older.accounts], next: older.next });
          }}
        >
          更多账号
        </ActionButton>
      )}
    </section>
  );
}
