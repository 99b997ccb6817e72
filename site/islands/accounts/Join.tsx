import { useEffect, useState } from 'preact/hooks';
import { type ApiProblem, api, ask } from '../../lib/api.ts';
import { fetchMe } from '../../lib/session.ts';
import { Field, Form, PasswordField } from '../kit/form.tsx';
import { asProblem, ProblemNote } from '../kit/problem.tsx';
import { momentInWords } from '../kit/time.ts';

interface Info {
  readonly kind: 'invitation' | 'reset' | 'setup';
  readonly name: string;
  readonly salon: string | null;
  readonly phone: string | null;
  readonly userName: string | null;
  readonly expiresAt: string;
}

const inspect = (pass: string): Promise<Info> => ask(api.passes.inspect.$post({ json: { pass } }));

/** Sets a password by an invitation, a reset code or the first admin's link. */
export function Join() {
  const [pass, setPass] = useState('');
  const [info, setInfo] = useState<Info>();
  const [problem, setProblem] = useState<ApiProblem>();
  useEffect(() => {
    const given = location.hash.slice(1);
    if (!given) return;
    // The pass must not stay in the browser's history, nor be sent on with the address.
    history.replaceState(null, '', location.pathname);
    setPass(given);
    inspect(given).then(setInfo, (error) => setProblem(asProblem(error)));
  }, []);
  if (info) return <Redeem pass={pass} info={info} />;
  return (
    <>
      <ProblemNote problem={problem} />
      {problem && (
        <p>
          已经设过密码的，直接<a href="/signin/">登录</a>就行。
        </p>
      )}
      <Form
        label="下一步"
        submit={async ({ pass: typed = '' }) => {
          const found = await inspect(typed);
          setPass(typed);
          setInfo(found);
        }}
      >
        {(refused) => (
          <Field
            key={pass}
            label="邀请码或重置码"
            name="pass"
            hint="例如 k7mq-29xd-…，大小写和短横线都不要紧。"
            defaultValue={pass}
            autocapitalize="off"
            autocomplete="off"
            spellcheck={false}
            problem={refused}
          />
        )}
      </Form>
    </>
  );
}

function Redeem({ pass, info }: { pass: string; info: Info }) {
  const needsUserName = info.phone === null && info.userName === null;
  return (
    <Form
      label={info.kind === 'reset' ? '设好新密码' : '设好密码，进入圆桌'}
      submit={async ({ password = '', userName }) => {
        const json = { pass, password, ...(needsUserName && { userName: userName ?? '' }) };
        const { signedIn } = await ask(api.passes.redeem.$post({ json }));
        if (signedIn) await fetchMe();
        location.assign(signedIn ? '/account/' : '/signin/');
      }}
    >
      {(problem) => (
        <>
          <p class="greeting">
            {info.name}，您好。
            {info.kind === 'reset'
              ? '请设一个新密码；原来的密码随即作废，别处的登录会退出。'
              : info.salon
                ? `您受邀加入“${info.salon}”。设一个密码就可以进入。`
                : '请设好用户名和密码。'}
          </p>
          {needsUserName ? (
            <Field
              label="用户名"
              name="userName"
              hint="以后用它登录。汉字、字母、数字都可以。"
              autocomplete="username"
              autocapitalize="off"
              problem={problem}
            />
          ) : (
            <p>
              以后用 <strong>{info.phone ?? info.userName}</strong> 和密码登录。
            </p>
          )}
          <PasswordField
            label="新密码"
            name="password"
            hint="至少 8 个字符。几个不相干的词连起来，好记又难猜。"
            autocomplete="new-password"
            problem={problem}
          />
          <p class="hint">有效期到 {momentInWords(info.expiresAt)}，只能用一次。</p>
        </>
      )}
    </Form>
  );
}
