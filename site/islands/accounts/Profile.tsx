import { useState } from 'preact/hooks';
import type { Me } from '../../../api/accounts/contract.ts';
import { api, ask, once } from '../../lib/api.ts';
import { Field, Form, PasswordField } from '../kit/form.tsx';

/** Name and what one signs in with; the latter needs the password. */
export function Profile({ me, reload }: { me: Me; reload: () => void }) {
  const [saved, setSaved] = useState(false);
  return (
    <section aria-labelledby="profile">
      <h2 id="profile">资料与登录方式</h2>
      <Form
        label="保存资料"
        submit={async (
          { name = '', phone = '', userName = '', email = '', password = '' },
          key,
        ) => {
          const login = {
            ...(phone !== (me.phone ?? '') && { phone: phone || null }),
            ...(userName !== (me.userName ?? '') && { userName: userName || null }),
            ...(email !== (me.email ?? '') && { email: email || null }),
          };
          const json = {
            ...(name !== me.name && { name }),
            ...login,
            ...(Object.keys(login).length > 0 && { password }),
          };
          await ask(api.me.$patch({ json }, once(key)));
          setSaved(true);
          reload();
        }}
      >
        {(problem) => (
          <>
            <Field
              label="姓名"
              name="name"
              defaultValue={me.name}
              autocomplete="name"
              problem={problem}
            />
            <Field
              label="手机号"
              name="phone"
              type="tel"
              defaultValue={me.phone ?? ''}
              hint="用来登录；名单里只显示前三位和后四位。"
              autocomplete="tel"
              problem={problem}
            />
            <Field
              label="用户名"
              name="userName"
              defaultValue={me.userName ?? ''}
              hint="也可以用它登录。手机号和用户名至少留一个。"
              autocomplete="username"
              autocapitalize="off"
              problem={problem}
            />
            <Field
              label="邮箱"
              name="email"
              type="email"
              defaultValue={me.email ?? ''}
              hint="可以不填。填了，忘记密码时可用邮件重设，通知也可以发邮件。"
              autocomplete="email"
              problem={problem}
            />
            <PasswordField
              label="现在的密码"
              name="password"
              hint="改手机号、用户名或邮箱时才要填。"
              autocomplete="current-password"
              problem={problem}
            />
            {saved && !problem && <p role="status">已保存。</p>}
          </>
        )}
      </Form>
    </section>
  );
}

export function Password() {
  const [saved, setSaved] = useState(0);
  return (
    <section aria-labelledby="password">
      <h2 id="password">改密码</h2>
      <Form
        key={saved}
        label="改密码"
        submit={async ({ current = '', next = '' }) => {
          await ask(api.me.password.$put({ json: { current, next } }));
          setSaved(saved + 1);
        }}
      >
        {(problem) => (
          <>
            <PasswordField
              label="现在的密码"
              name="current"
              autocomplete="current-password"
              problem={problem}
            />
            <PasswordField
              label="新密码"
              name="next"
              hint="至少 8 个字符。改好后，其他设备上的登录都会退出。"
              autocomplete="new-password"
              problem={problem}
            />
          </>
        )}
      </Form>
      {saved > 0 && <p role="status">密码已改好，其他设备已退出。</p>}
    </section>
  );
}
