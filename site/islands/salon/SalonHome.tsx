import { signInPath } from '../../lib/session.ts';
import { Show, useLoaded } from '../kit/load.tsx';
import { useLive } from '../kit/useLive.ts';
import { type Home, loadHome } from './home/load.ts';
import { MemberHome } from './home/MemberHome.tsx';
import { VisitorHome } from './home/VisitorHome.tsx';
import { homeUrl } from './links.ts';

/** Where signing in lands: what concerns me in my salon; for a visitor, what a salon is. */
export function SalonHome() {
  const { shown, reload, refresh } = useLoaded(loadHome);
  const place =
    shown.state === 'ready' && shown.data.kind === 'salon' ? shown.data.place : undefined;
  useLive(place?.isMember ? place.slug : undefined, refresh);
  return (
    <Show shown={shown} reload={reload}>
      {(data) => {
        if (data.kind === 'choice') return <Choice {...data} />;
        return data.place.isMember ? <MemberHome data={data} /> : <VisitorHome data={data} />;
      }}
    </Show>
  );
}

function Choice({ isMember, salons }: Extract<Home, { kind: 'choice' }>) {
  if (salons.length === 0) {
    return <p class="notice">还没有沙龙。系统管理员新建一个，并指定主办单位，这里就会有内容。</p>;
  }
  return (
    <>
      <p>{isMember ? '您在几个沙龙里，请选一个。' : '请选一个县的沙龙。'}</p>
      <ul class="plain rows">
        {salons.map(({ slug, name, hostUnit }) => (
          <li key={slug}>
            <span>
              <strong>{name}</strong>
              <small>主办：{hostUnit}</small>
            </span>
            <a class="button" href={homeUrl(slug)} aria-label={`进入${name}`}>
              进入
            </a>
          </li>
        ))}
      </ul>
      {!isMember && (
        <div class="bar">
          <a class="button primary" href={signInPath()}>
            登录
          </a>
        </div>
      )}
    </>
  );
}
