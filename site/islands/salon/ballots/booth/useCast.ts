import { useState } from 'preact/hooks';
import { ApiProblem } from '../../../../lib/answer.ts';
import type { Choice } from '../../../../lib/ballots/box.ts';
import { type Cast, castPaper } from '../../../../lib/ballots/cast.ts';
import type { SignedSlip } from '../../../../lib/ballots/slips.ts';

export type Casting =
  | { readonly step: 'open'; readonly problem?: ApiProblem }
  | { readonly step: 'sending'; readonly again: boolean }
  | { readonly step: 'done'; readonly how: Cast };

/** One paper on its way into the box. */
export function useCast(slip: SignedSlip | undefined) {
  const [casting, setCasting] = useState<Casting>({ step: 'open' });
  const cast = async (choice: Choice): Promise<void> => {
    if (!slip || casting.step !== 'open') return;
    setCasting({ step: 'sending', again: false });
    try {
      const how = await castPaper(slip, choice, () => setCasting({ step: 'sending', again: true }));
      setCasting({ step: 'done', how });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setCasting({ step: 'open', problem: error });
    }
  };
  return { casting, cast };
}
