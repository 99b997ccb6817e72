import { useEffect, useState } from 'preact/hooks';
import { ask, once } from '../../../lib/api.ts';
import { inWeChat, lackOf } from '../../../lib/ballots/means.ts';
import { readReceipt } from '../../../lib/ballots/receipts.ts';
import { isSigned, readSlip } from '../../../lib/ballots/slips.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { boothUrl } from '../links.ts';
import type { SessionParam } from '../sessions/read.ts';
import { ballotApi, type SessionBallot } from './read.ts';
import { IN_WECHAT, LACKS, SAME_BROWSER } from './words.ts';

interface Props {
  readonly ballot: SessionBallot;
  readonly param: SessionParam;
  readonly reload: () => void;
  /** Signed in at the session. */
  readonly present: boolean | null;
}
type Mine = NonNullable<SessionBallot['mine']>;

/** What one seat can do for the ballot now: take its paper, decline it, go and cast. */
export function Voter({ ballot, param, reload, present }: Props) {
  const { mine, id } = ballot;
  if (!mine) return null;
  const slip = readSlip(id);
  if (mine.taken && readReceipt(id)) return <p>您的票已投入票箱。等计票后看结果。</p>;
  if (mine.taken && slip && isSigned(slip)) return <GoCast ballot={ballot} param={param} />;
  if (mine.taken && !slip) return <Elsewhere />;
  if (ballot.state === 'casting' && !mine.taken) {
    return (
      <p>
        领票已经截止，
        {mine.signedIn
          ? '您计入实到，没有票。'
          : '您没有赶上表决签到（它比会议签到早截止），不计入这次表决。计票后可以看结果。'}
      </p>
    );
  }
  if (!mine.signedIn && present !== true) {
    return <p class="notice">请先在这一期签到，再领选票。</p>;
  }
  return <Take ballot={ballot} mine={mine} param={param} reload={reload} />;
}

function GoCast({ ballot, param }: Pick<Props, 'ballot' | 'param'>) {
  const waits = ballot.state === 'taking';
  // Whoever presides has the others to wait for first.
  const rank = waits && ballot.mayPreside ? 'button' : 'button primary';
  return (
    <>
      <p>选票已领到，在这个浏览器里。</p>
      <div class="bar">
        <a class={`${rank} ballot-button`} href={boothUrl(param.salon, ballot, param.number)}>
          去投票
        </a>
      </div>
      {waits && <p class="hint">可以现在就进投票间等，领票截止后自动开始。</p>}
    </>
  );
}

const Elsewhere = () => (
  <p class="notice">
    您这一席的票是在别的浏览器里领的。请用领票时的那部手机、那个浏览器投票；票丢了不能补，您仍计入实到。
  </p>
);

interface TakeProps extends Omit<Props, 'present'> {
  readonly mine: Mine;
}

function Take({ ballot, mine, param, reload }: TakeProps) {
  const [lack] = useState(lackOf);
  // Fetched before the tap, so that the tap is quick.
  useEffect(() => {
    if (!lack) loadTaking().catch(() => {});
  }, [lack]);
  const of = { salon: param.salon, ballot: ballot.id };
  /** Done again it changes nothing, so it needs no key of its own. */
  const signIn = async () => {
    if (!mine.signedIn || mine.declined) await ask(ballotApi['sign-in'].$post({ param: of }));
  };
  return (
    <>
      {mine.declined && <p>您选了不领票：计入实到，不投票。截止以前还可以改。</p>}
      {lack && (
        <div class="notice problem" role="alert">
          <p>
            <strong>{LACKS[lack].title}。</strong>
            {LACKS[lack].detail}
          </p>
        </div>
      )}
      <div class="bar ballot-take">
        {!lack && (
          <ActionButton
            primary={!mine.declined}
            act={async () => {
              const { takeBallot } = await loadTaking();
              await takeBallot(taking(ballot, mine), async (json) => {
                await signIn();
                return ask(ballotApi.take.$post({ param: of, json }));
              });
              reload();
            }}
          >
            {takeWords(mine)}
          </ActionButton>
        )}
        {!mine.taken && !mine.declined && (
          <ActionButton
            confirm="不领票？您计入实到，但不投票。截止以前还可以改主意。"
            act={async (key) => {
              await signIn();
              await ask(ballotApi.decline.$post({ param: of }, once(key)));
              reload();
            }}
          >
            不领票
          </ActionButton>
        )}
        {mine.signedIn && !mine.taken && (
          <ActionButton
            confirm="撤回表决签到？撤回后您不计入这次表决的实到。"
            act={async (key) => {
              await ask(ballotApi['sign-in'].$delete({ param: of }, once(key)));
              reload();
            }}
          >
            撤回签到
          </ActionButton>
        )}
      </div>
      <p class="hint">{SAME_BROWSER}</p>
      {inWeChat() && <p class="notice">{IN_WECHAT}</p>}
    </>
  );
}

const loadTaking = () => import('../../../lib/ballots/take.ts');

const taking = ({ id, secondId, fingerprint }: SessionBallot, { seatId }: Mine) => ({
  ballot: id,
  second: secondId,
  seat: seatId,
  fingerprint,
});

const takeWords = ({ signedIn, taken, declined }: Mine): string =>
  taken ? '继续领票' : declined ? '改为领取选票' : signedIn ? '领取选票' : '表决签到并领取选票';
