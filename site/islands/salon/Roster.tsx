import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { RosterReport } from '../../../api/salon/contract.ts';
import { type ApiProblem, ask, newRequestKey } from '../../lib/api.ts';
import { ActionButton } from '../kit/ActionButton.tsx';
import { asProblem, ProblemNote } from '../kit/problem.tsx';
import { PassCard } from './PassCard.tsx';
import type { Place } from './place.tsx';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const RESULTS = { add: '将写入', same: '不变', wrong: '有误' } as const;

/** The file goes as it is, which the typed client has no words for. */
async function send(place: Place, file: File, commit: boolean, key: string): Promise<RosterReport> {
  const csv = file.name.toLowerCase().endsWith('.csv');
  const path = `/api/salons/${encodeURIComponent(place.slug)}/roster?commit=${commit ? 1 : 0}`;
  const headers = { 'content-type': csv ? 'text/csv' : XLSX, 'idempotency-key': key };
  return (await ask(fetch(path, { method: 'POST', headers, body: file }) as never)) as RosterReport;
}

/** Roster import: checked row by row first, written only when every row is good. */
export function Roster({ place, reload }: { place: Place; reload: () => void }) {
  const [file, setFile] = useState<File>();
  const [report, setReport] = useState<RosterReport>();
  const [problem, setProblem] = useState<ApiProblem>();
  const chosen = useRef<HTMLInputElement>(null);
  const check = async (event: JSX.TargetedEvent<HTMLInputElement>) => {
    const picked = event.currentTarget.files?.[0];
    setProblem(undefined);
    setReport(undefined);
    setFile(picked);
    if (!picked) return;
    try {
      setReport(await send(place, picked, false, newRequestKey()));
    } catch (error) {
      setProblem(asProblem(error));
    }
  };
  return (
    <section aria-labelledby="roster">
      <h2 id="roster">导入名单</h2>
      <ol>
        <li>
          <a href="/api/roster-template.xlsx" download="名单模板.xlsx">
            下载模板
          </a>
          ，一行填一个人。
        </li>
        <li>选好文件，先逐行核对，这时什么也不写入。</li>
        <li>全部无误，再确认写入；写入后逐人给出邀请，可以打印。</li>
      </ol>
      <div class="field">
        <label for="roster-file">名单文件（.xlsx 或 .csv）</label>
        <input id="roster-file" type="file" accept=".xlsx,.csv" ref={chosen} onChange={check} />
      </div>
      <ProblemNote problem={problem} />
      {report && !report.invitations && file && (
        <>
          <Report report={report} />
          {report.good && (
            <ActionButton
              act={async (key) => {
                setReport(await send(place, file, true, key));
                reload();
              }}
            >
              确认写入 {report.rows.filter(({ result }) => result === 'add').length} 人
            </ActionButton>
          )}
        </>
      )}
      {report?.invitations && <Invitations invitations={report.invitations} />}
    </section>
  );
}

function Report({ report: { rows, good } }: { report: RosterReport }) {
  const wrong = rows.filter(({ result }) => result === 'wrong').length;
  return (
    <>
      <p role="status">
        {good
          ? `共 ${rows.length} 行，全部无误，还没有写入。`
          : `共 ${rows.length} 行，${wrong} 行有误；改好文件后重新选择，现在什么也没有写入。`}
      </p>
      <div class="scroll" tabIndex={0} role="region" aria-label="逐行核对">
        <table>
          <thead>
            <tr>
              <th>行</th>
              <th>姓名</th>
              <th>结果</th>
              <th class="why">说明</th>
              <th>身份</th>
              <th>社区</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ line, name, role, community, result, message }) => (
              <tr key={line} class={result === 'wrong' ? 'wrong' : undefined}>
                <td>{line}</td>
                <td>{name}</td>
                <td>{RESULTS[result]}</td>
                <td class="why">{message}</td>
                <td>{role}</td>
                <td>{community}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Invitations({ invitations }: { invitations: NonNullable<RosterReport['invitations']> }) {
  if (invitations.length === 0)
    return <p role="status">已写入。名单上的人都已有密码，不需要邀请。</p>;
  return (
    <>
      <p role="status">已写入。请把下面的邀请逐一交给本人；离开这一页后不再显示，可以随时重发。</p>
      <button class="button needs-js" type="button" data-print>
        打印邀请
      </button>
      <div class="passes">
        {invitations.map((pass) => (
          <PassCard
            key={pass.personId}
            name={[pass.community, pass.name].filter(Boolean).join(' ')}
            pass={pass}
          />
        ))}
      </div>
    </>
  );
}
