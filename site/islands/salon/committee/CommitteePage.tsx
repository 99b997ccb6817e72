import { Show } from '../../kit/load.tsx';
import { PlaceHead, useRoom } from '../place.tsx';
import { Answer } from './Answer.tsx';
import { Decisions } from './Decisions.tsx';
import { ElectionPart } from './ElectionPart.tsx';
import { Members } from './Members.tsx';
import { Motions } from './Motions.tsx';
import { Office } from './Office.tsx';
import { Ballots, History } from './Past.tsx';
import { Resign } from './Resign.tsx';
import { loadCommittee } from './read.ts';
import { Who } from './Who.tsx';

/** Who chooses the topics, by what right, until when, and what they have decided. */
export function CommitteePage() {
  const { shown, reload } = useRoom(loadCommittee);
  return (
    <Show shown={shown} reload={reload}>
      {({ place, committee, round }) => {
        const part = { place, committee, reload };
        const { election, motions, term } = committee;
        const asked = election?.mine?.state === 'asked' && election.mine.mayAnswer;
        return (
          <PlaceHead place={place} room="committee">
            {election && asked && <Answer {...part} election={election} />}
            <Motions place={place} motions={motions} reload={reload} level={2} />
            <Office
              {...part}
              round={round}
              isFirst={!asked && !motions.some(({ maySign }) => maySign)}
            />
            <Who {...part} />
            {election && <ElectionPart {...part} election={election} />}
            {term && <Members {...part} term={term} />}
            <Decisions {...part} />
            <Ballots {...part} />
            <History {...part} />
            {committee.mayResign && <Resign {...part} />}
          </PlaceHead>
        );
      }}
    </Show>
  );
}
