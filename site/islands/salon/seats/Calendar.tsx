import { useState } from 'preact/hooks';
import { api, ask } from '../../../lib/api.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { Show, useLoaded } from '../../kit/load.tsx';

/** 订阅日历: the salon's feed for anybody, and one's own. */
export function Calendar({
  salon,
  isMember,
}: {
  readonly salon: string;
  readonly isMember: boolean;
}) {
  return (
    <section aria-labelledby="calendar" class="calendar">
      <h2 id="calendar">订阅日历</h2>
      <p>会议日期、议题征集和投票的截止日会出现在您的日历里，改期也会跟着改。</p>
      <h3>沙龙的日历</h3>
      <p class="hint">谁都可以订阅，里面没有个人的事。</p>
      <Address url={new URL(`/api/salons/${salon}/calendar.ics`, location.origin).href} />
      {isMember && <OwnFeed />}
      <details>
        <summary>怎么订阅</summary>
        <ul>
          <li>
            <strong>苹果手机：</strong>按“加到日历”，再按“订阅”。
          </li>
          <li>
            <strong>安卓手机：</strong>复制地址，在日历应用的“添加账户”或“订阅日历”里粘贴。
          </li>
          <li>
            <strong>Outlook：</strong>打开日历，选“添加日历”“从 Internet 订阅”，粘贴地址。
          </li>
          <li>在微信里打开的，请先选“在浏览器打开”。</li>
        </ul>
      </details>
    </section>
  );
}

function Address({ url }: { readonly url: string }) {
  return (
    <>
      <p class="address">
        <code>{url}</code>
      </p>
      <div class="bar">
        <a class="button" href={url.replace(/^https?:/, 'webcal:')}>
          加到日历
        </a>
        <button class="button" type="button" data-copy-text={url}>
          复制地址
        </button>
      </div>
    </>
  );
}

/** One's own turns, deadlines and action items. The address is a secret, and shown once. */
function OwnFeed() {
  const { shown, reload } = useLoaded(() => ask(api.me.calendar.$get()));
  const [url, setUrl] = useState<string>();
  const renew = async () => {
    setUrl((await ask(api.me.calendar.$post())).url);
    reload();
  };
  const stop = async () => {
    await ask(api.me.calendar.$delete());
    setUrl(undefined);
    reload();
  };
  return (
    <>
      <h3>我自己的日历</h3>
      <p class="hint">另有轮到您的月份和您单位待办的期限。地址只有您知道，请不要转发。</p>
      {url && (
        <>
          <Address url={url} />
          <p class="notice" role="status">
            这个地址只显示这一次，请现在就订阅。
          </p>
        </>
      )}
      <Show shown={shown} reload={reload}>
        {({ active }) =>
          active ? (
            <>
              {!url && <p>您已有自己的地址。忘了存的，可以换一个新的。</p>}
              <div class="bar">
                <ActionButton act={renew} confirm="原来的地址随即失效，要重新生成？">
                  重新生成
                </ActionButton>
                <ActionButton act={stop} confirm="已订阅的日历不再更新，要停用？">
                  停用
                </ActionButton>
              </div>
            </>
          ) : (
            <div class="bar">
              <ActionButton act={renew}>生成我的订阅地址</ActionButton>
            </div>
          )
        }
      </Show>
    </>
  );
}
