import { useState } from 'preact/hooks';
import { ask, once } from '../../../lib/api.ts';
import { Form, ProseField } from '../../kit/form.tsx';
import { dayOf } from '../../kit/time.ts';
import { sessionsUrl } from '../links.ts';
import { WhenAndWhere } from './Convene.tsx';
import { sessionApi } from './read.ts';
import type { PartProps } from './SessionPage.tsx';

/** 改期、取消: for the host, as long as the session has not begun. */
export function Change({ place, param, session, reload }: PartProps) {
  const [saved, setSaved] = useState(false);
  return (
    <section aria-labelledby="change">
      <h2 id="change">改期或取消</h2>
      <div role="status">{saved && <p class="notice">已改好，通知了所有人。</p>}</div>
      <details>
        <summary>改时间、地点</summary>
        <Form
          label="保存修改"
          primary={false}
          submit={async ({ date = '', time = '', place: where = '' }, key) => {
            setSaved(false);
            const json = { date, time, place: where };
            await ask(sessionApi.$patch({ param, json }, once(key)));
            setSaved(true);
            reload();
          }}
        >
          {(problem) => (
            <WhenAndWhere last={session} date={dayOf(session.startsAt)} problem={problem} />
          )}
        </Form>
        <p class="hint">改期须在同一个月内；投票还没有开始的，征集和投票的日期跟着改。</p>
      </details>
      <details>
        <summary>取消这一期</summary>
        <p>
          取消后不能恢复：议题退回待定，这个月不算轮值，期数让给下一次。每个人都会收到通知，原因一并公布。
        </p>
        <Form
          label="取消这一期"
          primary={false}
          submit={async ({ reason = '' }, key) => {
            await ask(sessionApi.cancel.$post({ param, json: { reason } }, once(key)));
            location.assign(sessionsUrl(place.slug));
          }}
        >
          {(problem) => (
            <ProseField
              label="取消的原因"
              name="reason"
              rows={2}
              maxLength={300}
              problem={problem}
            />
          )}
        </Form>
      </details>
    </section>
  );
}
