import { useEffect, useRef, useState } from 'preact/hooks';
import { bringTo } from '../../kit/bring.ts';
import { ballotUrl } from '../links.ts';
import type { SessionParam } from '../sessions/read.ts';
import { Explain, Fingerprint } from './Explain.tsx';
import { Call, Preside } from './Preside.tsx';
import { runningOf, type SessionBallot, type SessionBallots } from './read.ts';
import { Voter } from './Voter.tsx';
import { RECALL_RULE } from './words.ts';

interface Props {
  readonly param: SessionParam;
  readonly ballots: SessionBallots;
  readonly reload: () => void;
  /** Signed in at the session. */
  readonly present: boolean | null;
}

/** 表决 on the session's page: take a paper, preside over it, see what came of it. */
export function Ballots({ param, ballots, reload, present }: Props) {
  const running = runningOf(ballots);
  const over = ballots.ballots.filter((one) => one !== running);
  const { callable } = ballots;
  const heading = useRef<HTMLHeadingElement>(null);
  const [called, setCalled] = useState<string>();
  const isCalled = running !== undefined && running.id === called;
  useEffect(() => {
    if (isCalled && heading.current) bringTo(heading.current);
  }, [isCalled]);
  if (!running && over.length === 0 && !callable) return null;
  return (
    <section class="meeting-ballot" aria-labelledby="ballot">
      <h2 id="ballot" ref={heading} tabIndex={-1}>
        {running ? running.title : '表决'}
      </h2>
      {running && (
        <div class="ballot-now">
          <Voter ballot={running} param={param} reload={reload} present={present} />
          <Standing ballot={running} />
          {running.kind === 'evaluation' && <p class="hint">{RECALL_RULE}</p>}
          {running.scrutineer && <p class="hint">监票人：{running.scrutineer.community}</p>}
          {running.mayPreside && <Preside ballot={running} param={param} reload={reload} />}
          <p class="key-line">
            核对码，和会场屏幕上的应当一样：
            <Fingerprint of={running.fingerprint} />
          </p>
          <Explain fingerprint={running.fingerprint} />
        </div>
      )}
      {!running && callable && (
        <Call
          callable={callable}
          param={param}
          called={(id) => {
            setCalled(id);
            reload();
          }}
        />
      )}
      {over.length > 0 && (
        <ul class="plain rows">
          {over.map((one) => (
            <Past key={one.id} salon={param.salon} ballot={one} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** What the room sees as well; never how many have cast. */
const Standing = ({ ballot: { state, attending, taken, declined } }: { ballot: SessionBallot }) => (
  <p class="ballot-standing" role="status">
    {state === 'taking' ? '正在签到领票' : '正在投票'}：签到 <b>{attending}</b> 席，已领{' '}
    <b>{taken}</b> 席{declined > 0 && `，不领 ${declined} 席`}
  </p>
);

function Past({ salon, ballot }: { readonly salon: string; readonly ballot: SessionBallot }) {
  const { id, title, state, voidReason } = ballot;
  return (
    <li>
      <span>
        {title}
        {state === 'void' && <small>作废：{voidReason}</small>}
      </span>
      <a class="tap-link" href={ballotUrl(salon, id)}>
        {state === 'void' ? '看经过' : '看结果'}
      </a>
    </li>
  );
}
