import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { shortFingerprint } from '../../../lib/ballots/bytes.ts';
import { type Finding, lookUp, type NotLooked } from '../../../lib/ballots/findReceipt.ts';
import { parseReceipt, type Receipt, readReceipt } from '../../../lib/ballots/receipts.ts';
import { Field, Form } from '../../kit/form.tsx';

interface Shown {
  readonly finding: Finding | { readonly found: NotLooked | 'unreadable' };
  readonly receipt?: Receipt;
}

interface Props {
  readonly title: string;
  /** Where the bulletin is. */
  readonly url: string;
  readonly hash: string;
  readonly ballot: string;
}

/** Looks for one's own paper: by what this browser keeps, a file, or a pasted receipt. */
export function FindReceipt({ title, url, hash, ballot }: Props) {
  const id = useId();
  const kept = readReceipt(ballot);
  const [shown, setShown] = useState<Shown>();
  const look = async (receipt: Receipt | undefined) =>
    setShown(
      receipt
        ? { finding: await lookUp(url, hash, receipt), receipt }
        : { finding: { found: 'unreadable' } },
    );
  const other = <OtherReceipt look={look} />;
  return (
    <section class="find-receipt" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {kept ? (
        <>
          <p>
            这个浏览器里留着您投票时的回执，不必重新计票就能找到您的票。结果会显示在屏幕上，请留意旁边有没有人。
          </p>
          <button class="button" type="button" onClick={() => void look(kept)}>
            找我的回执
          </button>
          <details>
            <summary>用另一张回执找</summary>
            {other}
          </details>
        </>
      ) : (
        <>
          <p>
            这个浏览器里没有这次表决的回执。用投票的那个浏览器打开这一页，或选当时存下的回执文件。
          </p>
          {other}
        </>
      )}
      <div role="status">{shown && <Found {...shown} />}</div>
    </section>
  );
}

function OtherReceipt({
  look,
}: {
  readonly look: (receipt: Receipt | undefined) => Promise<void>;
}) {
  const id = useId();
  const choose = async ({ currentTarget }: JSX.TargetedEvent<HTMLInputElement>) => {
    const file = currentTarget.files?.[0];
    currentTarget.value = '';
    if (file) await look(parseReceipt(await file.text()));
  };
  return (
    <>
      <div class="field">
        <label for={id}>选回执文件</label>
        <input id={id} type="file" accept=".json,application/json" onChange={choose} />
      </div>
      <Form label="查找" primary={false} submit={({ receipt = '' }) => look(parseReceipt(receipt))}>
        {(problem) => (
          <Field label="或粘贴回执的内容" name="receipt" autocomplete="off" problem={problem} />
        )}
      </Form>
    </>
  );
}

const WORDS = {
  insecure: '这个浏览器在这个网址下不能查验签名。请换用 https 开头的网址再找。',
  offline: '公示没有下载下来。请检查网络，再找一次。',
  otherFile: '下载的公示与网站公布的哈希不符。请刷新这一页再找；仍然如此，请向主办单位提出。',
  unreadable: '这不是一张完整的回执。请选投票时下载的回执文件，或把它的内容全部粘贴进来。',
  otherBallot: '这是另一次表决的回执。',
  otherKey:
    '回执上的公钥指纹与公示的不同：公示用的不是领票时的那把钥匙。请保留回执，向主办单位提出。',
  unsigned: '回执上的签名不是这次表决的钥匙签的：回执不完整，或被改过。',
  missing:
    '公示里没有这张票，回执上的签名却是真的。领了票没有投出，就会这样；如果确实投出了，请保留回执，向主办单位提出。',
  altered: '公示里有这个票号，签名却与回执的不同。请保留回执，向主办单位提出。',
} as const;

function Found({ finding, receipt }: Shown) {
  if (finding.found === 'here')
    return (
      <dl class="receipt-found">
        <div>
          <dt>在公示里</dt>
          <dd>第 {finding.number} 张票</dd>
        </div>
        <div>
          <dt>选的是</dt>
          <dd>{chosenInWords(finding.chosen)}</dd>
        </div>
        <div>
          <dt>签名</dt>
          <dd>由下面这把钥匙签出，与回执相同</dd>
        </div>
        <div>
          <dt>核对码（公钥指纹）</dt>
          <dd>
            <code>{shortFingerprint(receipt?.fingerprint ?? '')}</code>，与公示相同
          </dd>
        </div>
      </dl>
    );
  return <p class="notice problem">{WORDS[finding.found]}</p>;
}

function chosenInWords(chosen: readonly string[] | undefined): string {
  if (!chosen) return '打分只公布合计，不逐张公布';
  return chosen.length > 0 ? chosen.join('、') : '空白票';
}
