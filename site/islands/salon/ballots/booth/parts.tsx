import type { ApiProblem } from '../../../../lib/answer.ts';
import type { Receipt } from '../../../../lib/ballots/receipts.ts';

/** What was refused; nothing here asks for a signing in, as it does elsewhere. */
export const Refusal = ({ problem }: { readonly problem: ApiProblem | undefined }) =>
  problem ? (
    <div class="notice problem" role="alert">
      <p>
        <strong>{problem.title}。</strong>
        {problem.detail}
      </p>
    </div>
  ) : null;

export const Sending = ({ again }: { readonly again: boolean }) => (
  <section class="booth-sending" role="status">
    <h2>正在投入票箱…</h2>
    {again && (
      <p>网络断了，还没有收到回音。正在用同样的内容再投，不会变成两票；请不要关掉这一页。</p>
    )}
  </section>
);

/** The receipt as a file, for a phone that may be lost. */
export function SaveReceipt({ receipt }: { readonly receipt: Receipt }) {
  const save = () => {
    const text = `${JSON.stringify(receipt, null, 1)}\n`;
    const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = Object.assign(document.createElement('a'), {
      href: url,
      download: `yuanzhuo-receipt-${receipt.ballot}.json`,
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <button class="button" type="button" onClick={save}>
      下载回执
    </button>
  );
}
