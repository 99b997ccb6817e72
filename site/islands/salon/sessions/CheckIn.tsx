import { useState } from 'preact/hooks';
import type { Me } from '../../../../api/accounts/contract.ts';
import { ApiProblem, api, ask, once } from '../../../lib/api.ts';
import { currentSalon, fetchMe, signInPath } from '../../../lib/session.ts';
import { Show, useLoaded } from '../../kit/load.tsx';
import { ProblemNote } from '../../kit/problem.tsx';
import { useTry } from '../../kit/useTry.ts';
import { sessionUrl } from '../links.ts';
import { CodeForm } from './CodeForm.tsx';
import { NextSteps } from './NextSteps.tsx';
import { readSession, type Session, sessionApi } from './read.ts';
import { visitTo } from './visits.ts';
import { titleOf } from './words.ts';

const NO_SESSION = new ApiProblem({
  code: 'noSession',
  status: 404,
  title: '地址不完整',
  detail: '请用手机相机再扫一次屏幕上的二维码。',
});

/** Who signs in here: a seat's secretary or a guest with an account, or a guest by a link. */
interface As {
  readonly name: string;
  readonly session: Session;
  readonly send: (code: string, key: string) => Promise<void>;
  readonly isSecretary: boolean;
  /** The page of the session, for whoever this is. */
  readonly page: string;
}

const asked = () => {
  const query = new URLSearchParams(location.search);
  return { salon: query.get('salon') ?? '', number: query.get('n') ?? '' };
};

const load = async () => {
  const { salon: named, number } = asked();
  if (!/^\d{1,4}$/.test(number)) throw NO_SESSION;
  const me = await fetchMe();
  const pass = visitTo(named, number)?.pass;
  const salon = (await currentSalon(me)) ?? named;
  const mine = me?.salons.find(({ slug }) => slug === salon);
  if (!mine && pass) return { as: await asGuest(pass) };
  return { as: me && (await asMember(me, salon, number)) };
};

async function asMember(me: Me, salon: string, number: string): Promise<As> {
  const param = { salon, number };
  const mine = me.salons.find(({ slug }) => slug === salon);
  return {
    name: mine?.seat?.community ?? me.name,
    session: await readSession(param),
    isSecretary: mine?.roles.includes('secretary') ?? false,
    page: sessionUrl(salon, number),
    send: async (code, key) => {
      await ask(sessionApi['check-in'].$post({ param, json: { code } }, once(key)));
    },
  };
}

async function asGuest(pass: string): Promise<As> {
  const { guest, session } = await ask(api['guest-visits'].read.$post({ json: { pass } }));
  return {
    name: `${guest.unit}　${guest.name}`,
    session,
    isSecretary: false,
    page: '/salon/visit/',
    send: async (code) => {
      await ask(api['guest-visits']['check-in'].$post({ json: { pass, code } }));
    },
  };
}

/** Opened by the QR code on the screen: one tap signs in. */
export function CheckIn() {
  const { shown, reload } = useLoaded(load);
  return (
    <Show shown={shown} reload={reload}>
      {({ as }) => (as ? <Found as={as} reload={reload} /> : <WhoAreYou />)}
    </Show>
  );
}

const WhoAreYou = () => (
  <>
    <p>还不知道您是哪个社区的。登录后就回到这里签到。</p>
    <div class="bar">
      <a class="button primary" href={signInPath()}>
        登录后签到
      </a>
    </div>
    <p class="hint">嘉宾不用账号：请在这部手机上先打开邀请链接，再扫一次屏幕。</p>
  </>
);

function Found({ as, reload }: { as: As; reload: () => void }) {
  const { session, name } = as;
  return (
    <>
      <header class="meeting-head">
        <p class="meeting-when">
          <span class="meeting-number">第 {session.number} 期</span>
        </p>
        <h2>{titleOf(session.topics.map(({ title }) => title))}</h2>
      </header>
      <p class="check-in-name">{name}</p>
      {session.attendance.me === true ? <Done as={as} /> : <Confirm as={as} reload={reload} />}
    </>
  );
}

function Done({ as }: { as: As }) {
  const { session, page } = as;
  const item = session.agenda.find(({ id }) => id === session.current?.item);
  return (
    <>
      <div role="status">
        <h3 class="signed-in">已签到</h3>
        {item && <p>现在议到：{item.title}</p>}
      </div>
      {as.isSecretary ? (
        <NextSteps salon={asked().salon} isSecretary agendaHref={`${page}#agenda`} />
      ) : (
        <a class="button" href={page}>
          看议程和材料
        </a>
      )}
    </>
  );
}

function Confirm({ as, reload }: { as: As; reload: () => void }) {
  const { session, send } = as;
  const { busy, problem, attempt } = useTry();
  const [code, setCode] = useState(() => new URLSearchParams(location.search).get('code') ?? '');
  if (!session.may.checkIn) return <Cannot session={session} page={as.page} />;
  const old = problem?.code === 'wrongCode';
  if (!/^\d{6}$/.test(code) || old) {
    return (
      <>
        {old && (
          <p class="notice problem" role="alert">
            二维码上的签到码已经换了。请输入屏幕上现在的 6 位数字，或再扫一次。
          </p>
        )}
        <CodeForm
          send={async (typed, key) => {
            await send(typed, key);
            reload();
          }}
        />
      </>
    );
  }
  return (
    <>
      <button
        class="button primary check-in-button"
        type="button"
        aria-disabled={busy}
        onClick={() =>
          attempt(async (key) => {
            await send(code, key);
            reload();
          })
        }
      >
        {busy ? '请稍候…' : '确认签到'}
      </button>
      <ProblemNote problem={problem} />
      <button class="plain-button" type="button" onClick={() => setCode('')}>
        改为输入签到码
      </button>
    </>
  );
}

function Cannot({ session: { state, attendance }, page }: { session: Session; page: string }) {
  const why =
    attendance.me === null
      ? '您在这一期没有席位，也不是嘉宾，不用签到。'
      : state === 'closed'
        ? '会议已经结束，签到不能再改。人到了没签上的，请告诉轮值主席，写进纪要。'
        : '签到还没有开始，请等轮值主席开始会议。';
  return (
    <>
      <p class="notice">{why}</p>
      <a class="button" href={page}>
        看这一期
      </a>
    </>
  );
}
