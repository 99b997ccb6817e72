import { ask, once } from '../../../lib/api.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { runningOf } from '../ballots/read.ts';
import {
  actionsUrl,
  minutesFileUrl,
  minutesUrl,
  publishedUrl,
  roundUrl,
  screenUrl,
} from '../links.ts';
import { PublicPage } from '../PublicPage.tsx';
import { CodeForm } from './CodeForm.tsx';
import { NextSteps } from './NextSteps.tsx';
import { sessionApi } from './read.ts';
import type { PartProps } from './SessionPage.tsx';

/** What one can do now, by what the session has come to and what one may. */
export function Now(part: PartProps) {
  const { state, invitation } = part.session;
  return (
    <section class="meeting-now" aria-label="现在能做的">
      {state === 'planned' && <Planned {...part} />}
      {state === 'open' && <Open {...part} />}
      {state === 'closed' && <Closed {...part} />}
      {invitation && state === 'planned' && <Answer {...part} />}
    </section>
  );
}

function Planned({ place, param, session, reload }: PartProps) {
  const { may, round, agenda, attendance } = session;
  return (
    <>
      {may.run && (
        <div class="bar">
          <ActionButton
            primary
            act={async (key) => {
              await ask(sessionApi.open.$post({ param }, once(key)));
              reload();
            }}
          >
            开始会议和签到
          </ActionButton>
          <a class="button" href={screenUrl(param.salon, param.number)}>
            打开会议室屏幕
          </a>
        </div>
      )}
      {round && round.state !== 'decided' && (
        <p>
          {ROUND_WORDS[round.state]}
          <a href={roundUrl(place.slug, round.month)}>去看议题</a>
        </p>
      )}
      {may.prepare && agenda.length === 0 && (
        <p>
          议程还没有排。<a href="#agenda">现在就排</a>
        </p>
      )}
      {!may.run && (
        <p class="hint">
          {may.prepare && '会议当天，这里会有“开始会议和签到”。'}
          {attendance.me !== null && '会议开始后，在这里用屏幕上的签到码签到。'}
        </p>
      )}
    </>
  );
}

const ROUND_WORDS: Readonly<Record<string, string>> = {
  waiting: '这一期的议题还没有开始征集。',
  proposing: '这一期的议题正在征集。',
  voting: '这一期的议题正在投票。',
  review: '投票已截止，等确定议题。',
};

function Open({ place, param, session, ballots, reload }: PartProps) {
  const { may, attendance, agenda, current } = session;
  const item = agenda.find(({ id }) => id === current?.item);
  return (
    <>
      {may.run && (
        <div class="bar">
          <a
            class={may.checkIn || runningOf(ballots) ? 'button' : 'button primary'}
            href={screenUrl(param.salon, param.number)}
          >
            打开会议室屏幕
          </a>
          <ActionButton
            confirm={`结束会议？已签到 ${attendance.present} 个席位，应到 ${attendance.due} 个。结束后签到不能再改。`}
            act={async (key) => {
              await ask(sessionApi.close.$post({ param }, once(key)));
              reload();
            }}
          >
            结束会议
          </ActionButton>
        </div>
      )}
      {may.checkIn && (
        <>
          <h3>签到</h3>
          <CodeForm
            send={async (code, key) => {
              await ask(sessionApi['check-in'].$post({ param, json: { code } }, once(key)));
              reload();
            }}
          />
          <p class="hint">也可以用手机相机扫屏幕上的二维码。</p>
        </>
      )}
      {attendance.me === null && !may.run && (
        <p>
          会议正在开，已签到 {attendance.present} 个席位，应到 {attendance.due} 个。
        </p>
      )}
      <div role="status">
        {attendance.me === true && (
          <>
            <h3 class="signed-in">已签到</h3>
            <p>{item ? `现在议到：${item.title}` : '还没有开始议程。'}</p>
          </>
        )}
      </div>
      {attendance.me === true && <NextSteps salon={place.slug} isSecretary={place.seat !== null} />}
    </>
  );
}

function Closed({ place, param, session }: PartProps) {
  const { minutes, may } = session;
  const published = minutes === 'published';
  return (
    <>
      <p>{MINUTES_WORDS[minutes]}</p>
      <div class="bar">
        {(published || may.draft || may.publish) && (
          <a class="button primary" href={minutesUrl(param.salon, param.number)}>
            {published ? '看纪要' : minutes === 'none' ? '起草纪要' : '看纪要草稿'}
          </a>
        )}
        {published && (
          <a class="button" href={minutesFileUrl(param.salon, param.number)}>
            下载纪要（Word）
          </a>
        )}
        <a class="button" href={actionsUrl(place.slug)}>
          看待办
        </a>
        {published && (
          <PublicPage class="button" href={publishedUrl(param.salon, param.number)}>
            公开网页
          </PublicPage>
        )}
      </div>
    </>
  );
}

const MINUTES_WORDS = {
  none: '会议已结束。下一步由轮值主席起草纪要，主办单位公布。',
  draft: '会议已结束，轮值主席正在起草纪要。',
  submitted: '纪要已交给主办单位，等公布。',
  published: '纪要已公布。',
} as const;

/** A guest who has an account. */
function Answer({ param, session, reload }: PartProps) {
  const answer = async (wish: 'accepted' | 'declined', key: string) => {
    await ask(sessionApi.answer.$put({ param, json: { answer: wish } }, once(key)));
    reload();
  };
  return <AnswerButtons answer={answer} given={session.invitation ?? 'open'} />;
}

export function AnswerButtons({
  given,
  answer,
}: {
  readonly given: 'open' | 'accepted' | 'declined';
  readonly answer: (wish: 'accepted' | 'declined', key: string) => Promise<void>;
}) {
  return (
    <div class="answer">
      <p>{ANSWER_WORDS[given]}</p>
      <div class="bar">
        {given !== 'accepted' && (
          <ActionButton primary={given === 'open'} act={(key) => answer('accepted', key)}>
            参加
          </ActionButton>
        )}
        {given !== 'declined' && (
          <ActionButton act={(key) => answer('declined', key)}>不能参加</ActionButton>
        )}
      </div>
    </div>
  );
}

const ANSWER_WORDS = {
  open: '邀请您作为嘉宾参加这一期，请答复。',
  accepted: '您已答复参加。有变化可以改。',
  declined: '您已答复不能参加。有变化可以改。',
} as const;
