import { ask, once } from '../../../lib/api.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { Until } from '../../kit/Moment.tsx';
import type { PartProps } from './parts.ts';
import { committeeApi, type Election } from './read.ts';

export interface ElectionProps extends PartProps {
  readonly election: Election;
}

/** Answers for my seat: accepts, declines, or withdraws what was accepted. */
export const answering =
  ({ place, reload }: Pick<PartProps, 'place' | 'reload'>, accept: boolean) =>
  async (key: string): Promise<void> => {
    const param = { salon: place.slug };
    await ask(committeeApi.answer.$post({ param, json: { accept } }, once(key)));
    reload();
  };

/** Somebody named me: before all else on the page. */
export function Answer({ election: { nominees, until }, ...part }: ElectionProps) {
  const mine = nominees.find(({ seatId }) => seatId === part.place.seat?.id);
  return (
    <section class="now" aria-labelledby="answer">
      <h2 id="answer">{mine ? `${mine.by}提名您` : '您被提名'}为选题委员会委员</h2>
      <p>
        接受以后，您的社区会列在选票上。{until && <Until iso={until} />}
        {until && '，在那以前都可以改。'}
      </p>
      <p class="bar">
        <ActionButton primary act={answering(part, true)}>
          接受提名
        </ActionButton>
        <ActionButton act={answering(part, false)}>不接受</ActionButton>
      </p>
    </section>
  );
}
