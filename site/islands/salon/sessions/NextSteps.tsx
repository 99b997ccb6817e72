import { api, ask } from '../../../lib/api.ts';
import { useLoaded } from '../../kit/load.tsx';
import { momentInWords } from '../../kit/time.ts';
import { actionsUrl, roundUrl } from '../links.ts';

interface Props {
  readonly salon: string;
  readonly isSecretary: boolean;
  readonly agendaHref?: string;
}

/** After signing in: whoever came late still finds what to do next. */
export function NextSteps({ salon, isSecretary, agendaHref = '#agenda' }: Props) {
  const { shown } = useLoaded(async () => {
    const [vote, open] = await Promise.all([isSecretary ? openVote(salon) : null, mine(salon)]);
    return { vote, open };
  });
  if (shown.state !== 'ready') return null;
  const { vote, open } = shown.data;
  return (
    <>
      <h3 class="next-title">接下来</h3>
      <ul class="next-steps">
        <li>
          <a href={agendaHref}>看议程</a>
        </li>
        {vote && (
          <li>
            <a href={roundUrl(salon)}>{vote.voted ? '修改投票' : '投下一期议题的票'}</a>
            <span class="hint">{momentInWords(vote.closesAt)}截止</span>
          </li>
        )}
        <li>
          <a href={`${actionsUrl(salon)}&of=mine`}>
            {open > 0 ? `我的待办：${open} 项没有办结` : '我的待办：现在没有'}
          </a>
        </li>
      </ul>
    </>
  );
}

/** The vote that is open, if one is; without it the page is whole all the same. */
async function openVote(salon: string) {
  const param = { salon, month: 'now' };
  const round = await ask(api.salons[':salon'].rounds[':month'].$get({ param })).catch(() => null);
  if (round?.state !== 'voting' || !round.me) return null;
  return { voted: round.me.votes.length > 0, closesAt: round.closesAt };
}

async function mine(salon: string): Promise<number> {
  const query = { view: 'open', of: 'mine' } as const;
  const { actions } = await ask(
    api.salons[':salon'].actions.$get({ param: { salon }, query }),
  ).catch(() => ({ actions: [] }));
  return actions.length;
}
