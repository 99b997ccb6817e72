import { useState } from 'preact/hooks';
import { ApiProblem, api, ask } from '../../lib/api.ts';
import { fetchMe, returnPath } from '../../lib/session.ts';
import { Field, Form, PasswordField } from '../kit/form.tsx';
import { useLoaded } from '../kit/load.tsx';

interface Credentials {
  readonly login: string;
  readonly password: string;
}

async function enter(given: Credentials & { code?: string }): Promise<void> {
  await ask(api['sign-in'].$post({ json: given }));
  const me = await fetchMe();
  location.assign(returnPath(location.search, me));
}

/** Phone number or user name and password; then the code, where a second factor is on. */
export function SignIn() {
  const { shown } = useLoaded(() => ask(api['sign-in'].$get()));
  const [waiting, setWaiting] = useState<Credentials>();
  if (waiting) return <CodeStep credentials={waiting} back={() => setWaiting(undefined)} />;
  const page = shown.state === 'ready' ? shown.data : undefined;
  return (
    <>
      <Form
        label="登录"
        submit={async ({ login = '', password = '' }) => {
          try {
            await enter({ login, password });
          } catch (error) {
            if (!(error instanceof ApiProblem && error.code === 'secondFactorAsked')) throw error;
            setWaiting({ login, password });
          }
        }}
      >
        {(problem) => (
          <>
            <Field
              label="手机号或用户名"
              name="login"
              autocomplete="username"
              autocapitalize="off"
              problem={problem}
            />
            <PasswordField
              label="密码"
              name="password"
              autocomplete="current-password"
              problem={problem}
            />
          </>
        )}
      </Form>
      <section class="aside-help" aria-labelledby="help-title">
        <h2 id="help-title">登录不了？</h2>
        <ul>
          <li>
            <strong>第一次来：</strong>
            打开主办单位给您的邀请链接，或扫邀请上的二维码。没有邀请，请向主办单位要。
          </li>
          <li>
            <strong>忘了密码：</strong>请主办单位给您一个重置码，再到
            <a href="/join/">用重置码设密码</a>。
          </li>
        </ul>
        {page?.mail && <MailReset />}
      </section>
      {page?.demo && <Demo demo={page.demo} />}
    </>
  );
}

function CodeStep({ credentials, back }: { credentials: Credentials; back: () => void }) {
  return (
    <Form label="登录" submit={({ code = '' }) => enter({ ...credentials, code })}>
      {(problem) => (
        <>
          <p>密码对了。请打开手机上的验证器，输入现在显示的 6 位数字。</p>
          <Field
            label="验证码"
            name="code"
            hint="手机不在身边，可以用一个恢复码。"
            inputmode="numeric"
            autocomplete="one-time-code"
            autofocus
            problem={problem}
          />
          <button class="plain-button" type="button" onClick={back}>
            换个账号
          </button>
        </>
      )}
    </Form>
  );
}

function MailReset() {
  const [sent, setSent] = useState(false);
  if (sent) {
    return <p role="status">如果这个账号留了邮箱，重设密码的邮件几分钟内会到，一小时内有效。</p>;
  }
  return (
    <details>
      <summary>用邮件重设密码</summary>
      <Form
        label="发邮件"
        primary={false}
        submit={async ({ login = '' }) => {
          await ask(api['reset-requests'].$post({ json: { login } }));
          setSent(true);
        }}
      >
        {(problem) => (
          <Field
            label="手机号、用户名或邮箱"
            name="login"
            autocomplete="username"
            problem={problem}
          />
        )}
      </Form>
    </details>
  );
}

interface DemoProps {
  readonly demo: {
    readonly password: string;
    readonly people: readonly { login: string; name: string; role: string }[];
  };
}

/** Of one role, at once; the rest unfold. */
const SHOWN = 4;

interface PeopleProps {
  readonly people: DemoProps['demo']['people'];
  readonly be: (login: string) => () => void;
}

function People({ people, be }: PeopleProps) {
  return (
    <ul class="plain demo-people">
      {people.map(({ login, name }) => (
        <li key={login}>
          <button class="button" type="button" onClick={be(login)}>
            {name}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** One tap to be someone of the demo salon. */
function Demo({ demo: { password, people } }: DemoProps) {
  const [failed, setFailed] = useState('');
  const roles = [...new Set(people.map(({ role }) => role))];
  const be = (login: string) => () =>
    enter({ login, password }).catch((error) =>
      setFailed(
        error instanceof ApiProblem ? `${error.title}。${error.detail}` : '没能登录，请再试。',
      ),
    );
  return (
    <section class="demo" aria-labelledby="demo-title">
      <h2 id="demo-title">演示：点一下就登录</h2>
      <p>
        这是演示数据，社区和人物多为虚构，随意操作。密码都是 <code>{password}</code>。
      </p>
      {failed && <p role="alert">{failed}</p>}
      {roles.map((role) => {
        const some = people.filter((one) => one.role === role);
        return (
          <div key={role}>
            <h3>{role}</h3>
            <People people={some.slice(0, SHOWN)} be={be} />
            {some.length > SHOWN && (
              <details>
                <summary>其余 {some.length - SHOWN} 位</summary>
                <People people={some.slice(SHOWN)} be={be} />
              </details>
            )}
          </div>
        );
      })}
    </section>
  );
}
