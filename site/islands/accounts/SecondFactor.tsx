import { useState } from 'preact/hooks';
import type { Me } from '../../../api/accounts/contract.ts';
import { api, ask } from '../../lib/api.ts';
import { Field, Form, PasswordForm } from '../kit/form.tsx';
import { Qr } from '../kit/qr.tsx';

interface Secret {
  readonly secret: string;
  readonly uri: string;
}

/** 两步验证: on with an authenticator app, recovery codes, off. */
export function SecondFactor({ me, reload }: { me: Me; reload: () => void }) {
  const [secret, setSecret] = useState<Secret>();
  const [codes, setCodes] = useState<readonly string[]>();
  const { on, recoveryCodesLeft } = me.secondFactor;
  return (
    <section aria-labelledby="second">
      <h2 id="second">两步验证</h2>
      {codes && <Codes codes={codes} />}
      {on ? (
        <On left={recoveryCodesLeft} setCodes={setCodes} reload={reload} />
      ) : secret ? (
        <Scan
          secret={secret}
          done={(fresh) => {
            setCodes(fresh);
            setSecret(undefined);
            reload();
          }}
        />
      ) : (
        <>
          <p>开启后，登录除了密码，还要输入手机验证器上的 6 位数字；密码被人知道也进不来。</p>
          <PasswordForm
            label="开始设置"
            submit={async (password) => {
              setSecret(await ask(api.me['second-factor'].$post({ json: { password } })));
            }}
          />
        </>
      )}
    </section>
  );
}

function Scan({ secret, done }: { secret: Secret; done: (codes: readonly string[]) => void }) {
  return (
    <>
      <ol>
        <li>在手机上打开验证器（如“腾讯身份验证器”、Microsoft Authenticator）。</li>
        <li>扫下面的二维码，或在验证器里手工输入密钥。</li>
        <li>把验证器上显示的 6 位数字填在下面。</li>
      </ol>
      <Qr text={secret.uri} label="两步验证的二维码" />
      <p class="bar">
        <a class="button" href={secret.uri}>
          验证器就在这部手机上：打开
        </a>
        <button class="button" type="button" data-copy-text={secret.secret}>
          复制密钥
        </button>
      </p>
      <p>
        密钥：<code class="secret">{secret.secret.replace(/(.{4})/g, '$1 ').trim()}</code>
      </p>
      <Form
        label="开启两步验证"
        submit={async ({ code = '' }) => {
          const { codes } = await ask(api.me['second-factor'].confirm.$post({ json: { code } }));
          done(codes);
        }}
      >
        {(problem) => (
          <Field
            label="验证码"
            name="code"
            inputmode="numeric"
            autocomplete="one-time-code"
            problem={problem}
          />
        )}
      </Form>
    </>
  );
}

function Codes({ codes }: { codes: readonly string[] }) {
  return (
    <div class="notice" role="status">
      <p>
        <strong>请抄下这些恢复码，只显示这一次。</strong>
        手机丢了，用其中一个代替验证码登录；每个只能用一次。
      </p>
      <ul class="plain codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface OnProps {
  readonly left: number;
  readonly setCodes: (codes: readonly string[]) => void;
  readonly reload: () => void;
}

function On({ left, setCodes, reload }: OnProps) {
  return (
    <>
      <p>
        <strong>已开启。</strong>还有 {left} 个没用过的恢复码。
      </p>
      <details>
        <summary>换一批恢复码</summary>
        <PasswordForm
          label="换一批"
          submit={async (password) => {
            const json = { password };
            const { codes } = await ask(api.me['second-factor']['recovery-codes'].$post({ json }));
            setCodes(codes);
            reload();
          }}
        />
      </details>
      <details>
        <summary>关闭两步验证</summary>
        <PasswordForm
          label="关闭"
          submit={async (password) => {
            await ask(api.me['second-factor'].end.$post({ json: { password } }));
            reload();
          }}
        />
      </details>
    </>
  );
}
