import { ask, once } from '../../../lib/api.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { Moment } from '../../kit/Moment.tsx';
import { monthInWords } from '../../kit/time.ts';
import { roundUrl, topicUrl } from '../links.ts';
import type { Place } from '../place.tsx';
import { type Motion, motionApi } from './read.ts';

interface Props {
  readonly place: Place;
  readonly motions: readonly Motion[];
  readonly reload: () => void;
  /** Of the heading, among those of the page. */
  readonly level: 2 | 3;
}

/** Whether one of mine is open: it is withdrawn before another is moved. */
export const hasMoved = (motions: readonly Motion[]): boolean =>
  motions.some(({ state, mayWithdraw }) => state === 'open' && mayWithdraw);

/** The committee's open motions: what each says, who signed, and my signature. */
export function Motions({ place, motions, reload, level }: Props) {
  const open = motions.filter(({ state }) => state === 'open');
  if (open.length === 0) return null;
  const Title = level === 2 ? 'h2' : 'h3';
  const Each = level === 2 ? 'h3' : 'h4';
  return (
    <section class="motions" aria-labelledby="motions">
      <Title id="motions">委员的动议</Title>
      <p class="hint">两名委员签署就通过，随即公布，不能再改。提出的人算签署了。</p>
      <ul class="plain">
        {open.map((motion) => (
          <li key={motion.id}>
            <Each>{motionTitle(motion)}</Each>
            <Chosen place={place} motion={motion} isAtRound={level === 3} />
            <Motioned place={place} motion={motion} reload={reload} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Motioned({
  place,
  motion,
  reload,
}: Pick<Props, 'place' | 'reload'> & { readonly motion: Motion }) {
  const param = { salon: place.slug, motion: motion.id };
  const signers = motion.signed.map(({ seatId, community }) =>
    seatId === motion.by.seatId ? `${community}（提出）` : community,
  );
  return (
    <>
      {motion.reason && (
        <blockquote class="said">
          <p>{motion.reason}</p>
        </blockquote>
      )}
      <p class="hint">
        已签署：{signers.join('、')} · <Moment iso={motion.movedAt} />
      </p>
      {(motion.maySign || motion.mayWithdraw) && (
        <p class="bar">
          {motion.maySign && (
            <ActionButton
              primary
              confirm="签署以后动议就通过，随即公布，不能再改。"
              act={async (key) => {
                await ask(motionApi[':motion'].sign.$post({ param }, once(key)));
                reload();
              }}
            >
              签署
            </ActionButton>
          )}
          {motion.mayWithdraw && (
            <ActionButton
              confirm="撤回这个动议？"
              act={async (key) => {
                await ask(motionApi[':motion'].withdraw.$post({ param }, once(key)));
                reload();
              }}
            >
              撤回
            </ActionButton>
          )}
        </p>
      )}
    </>
  );
}

/** 2026年12月选题：确定 2 个议题 */
function motionTitle({ month, confirm, topic }: Motion): string {
  if (topic) return '不采用一个议题';
  const about = month ? `${monthInWords(month)}选题：` : '';
  return confirm.length > 0 ? `${about}确定 ${confirm.length} 个议题` : `${about}一个也不确定`;
}

interface ChosenProps {
  readonly place: Place;
  readonly motion: Motion;
  /** Its votes stand on the same page. */
  readonly isAtRound: boolean;
}

/** What would be decided, each topic to be read before signing. */
function Chosen({ place, motion: { month, confirm, topic }, isAtRound }: ChosenProps) {
  const topics = topic ? [topic] : confirm;
  return (
    <ul class="plain chosen-topics">
      {topics.map(({ id, title }) => (
        <li key={id}>
          <a class="tap-link" href={topicUrl(place.slug, id)}>
            {title}
          </a>
        </li>
      ))}
      {month && !isAtRound && (
        <li>
          <a class="tap-link" href={roundUrl(place.slug, month)}>
            看{monthInWords(month)}的得票
          </a>
        </li>
      )}
    </ul>
  );
}
