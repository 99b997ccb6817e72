import { useState } from 'preact/hooks';
import type { z } from 'zod';
import type { swapList } from '../../../../api/salon/rotation/contract.ts';
import { api, ask, once } from '../../../lib/api.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { Choose, Field, Form } from '../../kit/form.tsx';
import { monthInWords } from '../../kit/time.ts';
import type { Schedule } from './marks.ts';

export type SwapList = z.infer<typeof swapList>;
type Swap = SwapList['swaps'][number];

const STATES: Readonly<Record<Swap['state'], string>> = {
  offered: '等对方答复',
  agreed: '已调换',
  declined: '对方没有同意',
  withdrawn: '已撤回',
  void: '排期变了，已作废',
};

interface Props {
  readonly salon: string;
  readonly list: SwapList;
  readonly reload: () => void;
}

const answer = (salon: string, swap: string, agree: boolean) => async (key: string) => {
  const param = { salon, swap };
  await ask(
    api.salons[':salon'].swaps[':swap'].answer.$post({ param, json: { agree } }, once(key)),
  );
};

/** First on the page: somebody waits for it. */
export function SwapsToAnswer({ salon, list, reload }: Props) {
  const waiting = list.swaps.filter(({ mayAnswer }) => mayAnswer);
  if (waiting.length === 0) return null;
  const reply = (id: string, agree: boolean) => async (key: string) => {
    await answer(salon, id, agree)(key);
    reload();
  };
  return (
    <section id="swaps" class="asked" aria-labelledby="swaps-title">
      <h2 id="swaps-title">等您答复的调换</h2>
      <ul class="plain">
        {waiting.map(({ id, from, to, message }, index) => (
          <li key={id}>
            <p>
              <strong>{from.community}</strong>想和您调换：您主持{monthInWords(from.month)}，
              {from.community}主持{monthInWords(to.month)}。
            </p>
            {message && <blockquote>{message}</blockquote>}
            <div class="bar">
              <ActionButton act={reply(id, true)} primary={index === 0}>
                同意调换
              </ActionButton>
              <ActionButton act={reply(id, false)}>不同意</ActionButton>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

const rowsOf = (swaps: readonly Swap[], salon: string, reload: () => void) => (
  <ul class="plain rows">
    {swaps.map((swap) => (
      <SwapRow key={swap.id} salon={salon} swap={swap} reload={reload} />
    ))}
  </ul>
);

/** Offers that wait for somebody else's answer. */
export function OpenSwaps({ salon, list, reload }: Props) {
  const open = list.swaps.filter(({ state, mayAnswer }) => state === 'offered' && !mayAnswer);
  return open.length > 0 ? rowsOf(open, salon, reload) : null;
}

/** What became of the others. */
export function SettledSwaps({ salon, list, reload }: Props) {
  const settled = list.swaps.filter(({ state }) => state !== 'offered');
  if (settled.length === 0) return null;
  return (
    <details>
      <summary>以前的调换</summary>
      {rowsOf(settled, salon, reload)}
    </details>
  );
}

function SwapRow({
  salon,
  swap: { id, from, to, state, mayWithdraw },
  reload,
}: Omit<Props, 'list'> & { readonly swap: Swap }) {
  const param = { salon, swap: id };
  return (
    <li>
      <span>
        {from.community}（{monthInWords(from.month)}）与{to.community}（{monthInWords(to.month)}）
        <small>{STATES[state]}</small>
      </span>
      {mayWithdraw && (
        <ActionButton
          act={async (key) => {
            await ask(api.salons[':salon'].swaps[':swap'].$delete({ param }, once(key)));
            reload();
          }}
        >
          撤回
        </ActionButton>
      )}
    </li>
  );
}

interface OfferProps extends Props {
  readonly schedule: Schedule;
  readonly seatId: string;
}

/** 调换: one of my announced months for another seat's. */
export function OfferSwap({ salon, list, schedule, seatId, reload }: OfferProps) {
  const [sent, setSent] = useState(false);
  const offered = new Set(
    list.swaps.filter(({ mayWithdraw }) => mayWithdraw).map(({ from }) => from.month),
  );
  const mine = list.mine.filter((month) => !offered.has(month));
  const others = schedule.months.filter(
    (row) => row.mayChange && row.seatId !== null && row.seatId !== seatId,
  );
  if (mine.length === 0) {
    return (
      <p
        class="hint"
        role="status"
        ref={(note) => {
          if (sent) note?.scrollIntoView({ block: 'center' });
        }}
      >
        {offered.size > 0
          ? '您的调换正在等对方答复；撤回以后可以另提。'
          : '您现在没有可以调换的月份：要已经公布、还没有开会。轮到您的月份公布以后，就能和别人调换。'}
      </p>
    );
  }
  if (others.length === 0) return <p class="hint">还没有别人已公布的月份可以调换。</p>;
  return (
    <Form
      label="提出调换"
      primary={false}
      submit={async ({ fromMonth = '', toMonth = '', message = '' }, key) => {
        const json = { fromMonth, toMonth, message };
        await ask(api.salons[':salon'].swaps.$post({ param: { salon }, json }, once(key)));
        setSent(true);
        reload();
      }}
    >
      {(problem) => (
        <>
          <Choose
            label="您的月份"
            name="fromMonth"
            options={mine.map((month) => [month, monthInWords(month)])}
            problem={problem}
          />
          <Choose
            label="换成"
            name="toMonth"
            options={others.map(({ month, community }) => [
              month,
              `${monthInWords(month)}（${community}）`,
            ])}
            problem={problem}
          />
          <Field label="留言（可以不填）" name="message" autocomplete="off" problem={problem} />
        </>
      )}
    </Form>
  );
}
