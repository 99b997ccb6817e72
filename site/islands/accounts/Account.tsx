import { STANDING_NAMES } from '../../../api/access/contract.ts';
import type { Me } from '../../../api/accounts/contract.ts';
import { api, ask } from '../../lib/api.ts';
import { rememberName } from '../../lib/rememberedName.ts';
import { fetchMe, signInPath } from '../../lib/session.ts';
import { Show, useLoaded } from '../kit/load.tsx';
import { homeUrl } from '../salon/links.ts';
import { Devices } from './Devices.tsx';
import { OwnData } from './OwnData.tsx';
import { Password, Profile } from './Profile.tsx';
import { SecondFactor } from './SecondFactor.tsx';

async function signOut(): Promise<void> {
  await ask(api['sign-out'].$post());
  rememberName(null);
  location.assign('/');
}

/** Who I am here, and everything about my account. */
export function Account() {
  const { shown, reload } = useLoaded(async () => {
    const me = await fetchMe();
    if (!me) location.replace(signInPath());
    return me;
  });
  return (
    <Show shown={shown} reload={reload}>
      {(me) => (me ? <Mine me={me} reload={reload} /> : <p>请先登录。</p>)}
    </Show>
  );
}

function Mine({ me, reload }: { me: Me; reload: () => void }) {
  return (
    <>
      <section aria-labelledby="who">
        <h2 id="who">{me.name}</h2>
        <ul class="plain roles">
          {me.salons.map(({ slug, name, roles, seat }) => (
            <li key={slug}>
              <a href={homeUrl(slug)}>{name}</a>
              <span>
                {roles
                  .map((role) =>
                    role === 'secretary' && seat ? `${seat.community}书记` : STANDING_NAMES[role],
                  )
                  .join('、')}
              </span>
            </li>
          ))}
          {me.isAdmin && (
            <li>
              <a href="/admin/">系统管理</a>
              <span>系统管理员</span>
            </li>
          )}
        </ul>
        {me.salons.length === 0 && !me.isAdmin && (
          <p>您现在不在任何沙龙里。如果应该在，请联系主办单位。</p>
        )}
        <p class="bar">
          <a class="button" href="/account/notices/">
            通知设置
          </a>
          <button class="button" type="button" onClick={signOut}>
            退出登录
          </button>
        </p>
      </section>
      {me.secondFactor.required && !me.secondFactor.usedNow && (
        <p class="notice" role="status">
          <strong>还差一步。</strong>
          {me.secondFactor.on
            ? '请退出后用两步验证重新登录，才能行使主办单位或管理员的权限。'
            : '您是主办单位或系统管理员，须先在下面开启两步验证，才能行使相应权限。'}
        </p>
      )}
      <Profile me={me} reload={reload} />
      <Password />
      <SecondFactor me={me} reload={reload} />
      <Devices />
      <OwnData />
    </>
  );
}
