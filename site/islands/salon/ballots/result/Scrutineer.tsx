import { ask, once } from '../../../../lib/api.ts';
import { ActionButton } from '../../../kit/ActionButton.tsx';
import { momentInWords } from '../../../kit/time.ts';
import { type Ballot, ballotApi } from './read.ts';

interface Props {
  readonly scrutineer: NonNullable<Ballot['scrutineer']>;
  readonly param: { readonly salon: string; readonly ballot: string };
  readonly reload: () => void;
}

/** 监票人: who it is, and whether they have signed. */
export function Scrutineer({ scrutineer, param, reload }: Props) {
  const { community, signedAt, maySign } = scrutineer;
  return (
    <section aria-labelledby="scrutineer">
      <h2 id="scrutineer">监票</h2>
      <p>
        监票人：{community}。
        {signedAt ? `已在${momentInWords(signedAt)}重新计票并签名，确认结果无误。` : '还没有签名。'}
      </p>
      {maySign && (
        <>
          <p>请先在上面重新计一遍票，全部相符再签名。</p>
          <p class="bar">
            <ActionButton
              confirm="确认您已重新计票，结果无误？签名以后不能撤回。"
              act={async (key) => {
                await ask(ballotApi.scrutinise.$post({ param }, once(key)));
                reload();
              }}
            >
              签名确认
            </ActionButton>
          </p>
        </>
      )}
    </section>
  );
}
