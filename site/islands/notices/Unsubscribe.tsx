import { useState } from 'preact/hooks';
import { api, ask } from '../../lib/api.ts';
import { ActionButton } from '../kit/ActionButton.tsx';

const post = (token: string, undo: boolean) =>
  // The form is what mail programs send; the client wants it named, and sends the JSON.
  ask(
    api.notices.unsubscribe.$post({
      query: {},
      form: {},
      json: { token, ...(undo && { undo: true }) },
    }),
  );

/** Where a mail's link leads: nobody has to sign in to be left alone. */
export function Unsubscribe() {
  const token = new URLSearchParams(location.search).get('token');
  const [stopped, setStopped] = useState<boolean>();
  if (!token) {
    return (
      <p class="notice">
        链接不完整。请从邮件里重新打开，或登录后在<a href="/account/notices/">通知设置</a>
        里选“不发邮件”。
      </p>
    );
  }
  const turn = (undo: boolean) => async () => setStopped((await post(token, undo)).stopped);
  return (
    <>
      <p role="status">
        {stopped === undefined && '按下面的按钮，圆桌就不再给您发邮件；站内的通知照常。'}
        {stopped === true && '已停止。圆桌不再给您发邮件；站内的通知照常，登录后在“通知”里看。'}
        {stopped === false && '已撤回，邮件照旧发给您。'}
      </p>
      <p class="bar">
        {stopped ? (
          <ActionButton key="undo" act={turn(true)}>
            撤回，继续收邮件
          </ActionButton>
        ) : (
          <ActionButton key="stop" primary act={turn(false)}>
            停止全部邮件
          </ActionButton>
        )}
      </p>
      <p>
        只想少收几类？登录后到<a href="/account/notices/">通知设置</a>里逐类选。
      </p>
    </>
  );
}
