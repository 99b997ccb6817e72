import { useState } from 'preact/hooks';
import { dayInWords, momentInWords } from '../../kit/time.ts';
import { actionUrl, minutesFileUrl } from '../links.ts';
import { wholeText } from './asText.ts';
import { Corrections } from './Corrections.tsx';
import { draftFrom, printOf } from './draft.ts';
import type { Loaded, Minutes } from './read.ts';
import { SiteBuild } from './SiteBuild.tsx';
import { shelfOf } from './useDraft.ts';

interface Props {
  readonly of: Loaded;
  readonly minutes: Minutes;
  readonly reload: () => void;
}

/** Published minutes, set as they are printed; nothing changes but by a dated correction. */
export function Published({ of, minutes, reload }: Props) {
  const { place, number } = of;
  return (
    <>
      <Leftover of={of} minutes={minutes} />
      <div class="bar needs-js">
        <a class="button" href={minutesFileUrl(place.slug, number)} download="">
          下载 Word（公文格式）
        </a>
        <button class="button" type="button" data-print>
          打印
        </button>
      </div>
      {place.isHost && <SiteBuild place={place} number={number} />}
      <Text of={of} minutes={minutes} />
      <Corrections of={of} minutes={minutes} reload={reload} />
    </>
  );
}

/** What this browser kept and the server did not take before the minutes were published. */
function Leftover({ of, minutes }: Pick<Props, 'of' | 'minutes'>) {
  const [left, setLeft] = useState(() => shelfOf(of).read());
  if (!left || printOf(left.draft) === printOf(draftFrom(minutes))) return null;
  return (
    <div class="notice">
      <p>公布之前您还有一份没存上的，留在这台设备里。要用的请复制出来，写成更正。</p>
      <div class="bar">
        <button class="button" type="button" data-copy-text={wholeText(left.draft, minutes)}>
          复制那一份
        </button>
        <button
          class="button"
          type="button"
          onClick={() => {
            shelfOf(of).drop();
            setLeft(undefined);
          }}
        >
          不要了
        </button>
      </div>
    </div>
  );
}

function Text({ of: { place, number, session }, minutes }: Pick<Props, 'of' | 'minutes'>) {
  const { summary, conclusions, recorder } = minutes;
  const titles = session.topics
    .map(({ title }) => `“${title.replaceAll('“', '‘').replaceAll('”', '’')}”`)
    .join('');
  return (
    <article class="minutes-text">
      <header>
        <p class="minutes-mark">{place.name}纪要</p>
        <p class="minutes-issue">
          <span>第 {number} 期</span>
          {minutes.publishedAt && <span>{dayInWords(minutes.publishedAt)}公布</span>}
        </p>
        <h2>{titles ? `关于${titles}的沙龙纪要` : `第 ${number} 期沙龙纪要`}</h2>
      </header>
      <dl class="minutes-facts">
        <Fact name="时间" text={momentInWords(session.startsAt)} />
        <Fact name="地点" text={session.place} />
        <Fact name="主持" text={session.chair?.community ?? place.hostUnit} />
        <Fact name="记录" text={recorder} />
      </dl>
      {paragraphs(summary)}
      <ol class="plain minutes-sections">
        {conclusions.map(({ heading, text }) => (
          <li key={heading + text}>
            {heading && <h3>{heading}</h3>}
            {paragraphs(text)}
          </li>
        ))}
      </ol>
      <Given salon={place.slug} minutes={minutes} />
      <Attendance session={session} minutes={minutes} />
    </article>
  );
}

const paragraphs = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => <p key={line}>{line}</p>);

function Fact({ name, text }: { name: string; text: string }) {
  if (text === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}

function Given({ salon, minutes: { actions } }: { salon: string; minutes: Minutes }) {
  if (actions.length === 0) return null;
  return (
    <section aria-labelledby="given">
      <h3 id="given">待办</h3>
      <ol class="minutes-given">
        {actions.map(({ id, what, unit, dueOn }) => (
          <li key={id}>
            <a href={actionUrl(salon, id)}>{what}</a>
            <span>
              {unit}
              {dueOn && `，${dayInWords(dueOn)}前办结`}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Attendance({ session, minutes }: { session: Loaded['session']; minutes: Minutes }) {
  const { due, seats } = session.attendance;
  const came = seats.filter(({ present }) => present).map(({ community }) => community);
  const guests = session.guests.filter(({ present }) => present);
  const absent = minutes.absent.map(({ seatId, community }) => {
    const reason = minutes.absences[seatId];
    return reason ? `${community}（${reason}）` : community;
  });
  return (
    <section aria-labelledby="attended">
      <h3 id="attended">到会</h3>
      <dl class="minutes-facts">
        <Fact name="应到" text={`${due} 个社区`} />
        <Fact name="实到" text={`${came.length} 个：${came.join('、')}`} />
        <Fact name="缺席" text={absent.join('、')} />
        <Fact name="列席" text={guests.map(({ unit, name }) => `${unit}　${name}`).join('、')} />
      </dl>
    </section>
  );
}
