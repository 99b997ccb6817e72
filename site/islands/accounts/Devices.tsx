import { api, ask } from '../../lib/api.ts';
import { ActionButton } from '../kit/ActionButton.tsx';
import { Show, useLoaded } from '../kit/load.tsx';
import { momentInWords } from '../kit/time.ts';

/** Where I am signed in, and signing out there. */
export function Devices() {
  const { shown, reload } = useLoaded(() => ask(api.me.devices.$get()));
  return (
    <section aria-labelledby="devices">
      <h2 id="devices">登录的设备</h2>
      <Show shown={shown} reload={reload}>
        {({ devices }) => (
          <>
            <ul class="plain rows">
              {devices.map(({ id, device, current, seenAt }) => (
                <li key={id}>
                  <span>
                    <strong>{device}</strong>
                    {current && '（现在这台）'}
                    <small>最近使用 {momentInWords(seenAt)}</small>
                  </span>
                  {!current && (
                    <ActionButton
                      act={async () => {
                        await ask(api.me.devices[':id'].$delete({ param: { id } }));
                        reload();
                      }}
                    >
                      让它退出
                    </ActionButton>
                  )}
                </li>
              ))}
            </ul>
            {devices.length > 1 && (
              <ActionButton
                act={async () => {
                  await ask(api.me.devices.$delete());
                  reload();
                }}
              >
                让其他设备都退出
              </ActionButton>
            )}
          </>
        )}
      </Show>
    </section>
  );
}
