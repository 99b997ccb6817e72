import { ask, once } from '../../../lib/api.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { Choose, Form } from '../../kit/form.tsx';
import { Track } from '../../kit/Track.tsx';
import { Unfold } from '../../kit/Unfold.tsx';
import { sessionUrl } from '../links.ts';
import { answering, type ElectionProps } from './Answer.tsx';
import { committeeApi, type Election } from './read.ts';
import { answerInWords, electionTitle, stepsOfElection, whyElection } from './words.ts';

/** The election that is on its way: how far it is, who stands, and what I can do in it. */
export function ElectionPart(props: ElectionProps) {
  const { place, committee, election } = props;
  const { session, tied } = election;
  return (
    <section class="election" aria-labelledby="election">
      <h2 id="election">{electionTitle(election)}</h2>
      <p>{whyElection(election, committee)}</p>
      <Track label="选举进行到哪一步" steps={stepsOfElection(election)} />
      <Standing {...props} />
      {tied.length > 0 && (
        <p class="quiet-note">
          票数相同，在他们中间加投一次：{tied.map(({ community }) => community).join('、')}。
        </p>
      )}
      <Nominees {...election} />
      <Naming {...props} />
      {session && place.isMember && (
        <p>
          <a class="tap-link" href={sessionUrl(place.slug, session.number)}>
            看第 {session.number} 期沙龙
          </a>
        </p>
      )}
    </section>
  );
}

/** Whether there are names enough, and what follows if not. */
function Standing({ election: { nominees, places, state } }: ElectionProps) {
  const accepted = nominees.filter((one) => one.state === 'accepted').length;
  const counted = `已接受提名的 ${accepted} 人，要选 ${places} 名。`;
  if (state === 'ready') return <p>{counted}提名已截止，在沙龙上不记名投票，得票多的当选。</p>;
  const short = accepted < places;
  if (state === 'extended') {
    return (
      <p>
        {counted}
        {short
          ? '提名已延长一次，到会上投票前为止；人还不够，这次选举就不办，议题仍由主办单位定，下一期再选。'
          : '提名已延长到会上投票前为止。'}
      </p>
    );
  }
  return (
    <p>
      {counted}
      {short && '到截止时人不够，提名延长一次。'}
    </p>
  );
}

function Nominees({ nominees, state: of }: Pick<Election, 'nominees' | 'state'>) {
  if (nominees.length === 0) {
    return <p class="quiet-note">还没有人被提名。社区书记可以提名自己，也可以提名别的社区。</p>;
  }
  return (
    <ul class="plain nominees" aria-label="被提名的">
      {nominees.map(({ seatId, community, by, state }) => (
        <li key={seatId} class={state}>
          <span>
            <strong>{community}</strong>
            <small>{by === community ? '自荐' : `${by}提名`}</small>
          </span>
          <span class={state === 'accepted' ? 'stamp in' : 'stamp'}>
            {answerInWords(state, of)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What a secretary can do while names are taken. */
function Naming(props: ElectionProps) {
  const { place, election, reload } = props;
  const { mine, nameable } = election;
  if (!mine) return null;
  const name = async (seatId: string, key: string): Promise<void> => {
    const param = { salon: place.slug };
    await ask(committeeApi.nominees.$post({ param, json: { seatId } }, once(key)));
    reload();
  };
  const own = nameable.find(({ seatId }) => seatId === place.seat?.id);
  const others = nameable.filter((one) => one !== own);
  const mayChange = mine.mayAnswer && mine.state !== 'asked';
  return (
    <div class="naming">
      {(mayChange || (mine.mayName && own)) && (
        <p class="bar">
          {mine.mayName && own && mine.state === 'none' && (
            <ActionButton primary act={(key) => name(own.seatId, key)}>
              提名自己
            </ActionButton>
          )}
          {mayChange && mine.state === 'declined' && (
            <ActionButton act={answering(props, true)}>改为接受提名</ActionButton>
          )}
          {mayChange && mine.state === 'accepted' && (
            <ActionButton
              confirm="退出这次选举？截止以前还可以再参加。"
              act={answering(props, false)}
            >
              撤回，不参选
            </ActionButton>
          )}
        </p>
      )}
      {mine.mayName && others.length > 0 && (
        <Unfold summary="提名别人">
          {() => (
            <Form label="提名" primary={false} submit={({ seatId = '' }, key) => name(seatId, key)}>
              {(problem) => (
                <Choose
                  label="提名哪个社区的书记"
                  name="seatId"
                  hint="对方会收到通知，接受了才列上选票。是谁提名的，大家看得见。"
                  options={others.map(({ seatId, community }) => [seatId, community])}
                  problem={problem}
                />
              )}
            </Form>
          )}
        </Unfold>
      )}
    </div>
  );
}
