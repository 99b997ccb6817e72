import { ask, once } from '../../../lib/api.ts';
import { ActionButton } from '../../kit/ActionButton.tsx';
import { Unfold } from '../../kit/Unfold.tsx';
import type { PartProps } from './parts.ts';
import { committeeApi } from './read.ts';

/** A member gives the place back; the last thing on the page. */
export function Resign({ place, reload }: Pick<PartProps, 'place' | 'reload'>) {
  return (
    <Unfold class="resign" summary="辞去委员">
      {() => (
        <>
          <p>辞去以后，空出的位子由各席位补选。已经公布的决定不受影响。</p>
          <p class="bar">
            <ActionButton
              confirm="辞去委员？随即生效，不能撤回。"
              act={async (key) => {
                await ask(committeeApi.resign.$post({ param: { salon: place.slug } }, once(key)));
                reload();
              }}
            >
              辞去
            </ActionButton>
          </p>
        </>
      )}
    </Unfold>
  );
}
