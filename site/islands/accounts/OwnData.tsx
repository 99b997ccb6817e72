import { api, ask } from '../../lib/api.ts';
import { rememberName } from '../../lib/rememberedName.ts';
import { PasswordForm } from '../kit/form.tsx';

/** Taking my data with me, and leaving. */
export function OwnData() {
  return (
    <section aria-labelledby="own-data">
      <h2 id="own-data">我的数据</h2>
      <p>这里保存的关于您的一切，可以随时下载一份。</p>
      <p>
        <a class="button" href="/api/me/export" download="yuanzhuo-my-data.json">
          下载我的数据
        </a>
      </p>
      <details>
        <summary>注销账号</summary>
        <p>
          姓名、手机号、用户名和邮箱会立刻删去，不能恢复。您写过的内容会留下，署名改为“已注销用户”；表决只留总数。您担任的席位会空出来，由主办单位办理交接。
        </p>
        <PasswordForm
          label="注销我的账号"
          submit={async (password) => {
            await ask(api.me.erase.$post({ json: { password } }));
            rememberName(null);
            location.assign('/');
          }}
        />
      </details>
    </section>
  );
}
