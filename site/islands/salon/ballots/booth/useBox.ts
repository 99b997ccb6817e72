import { useEffect, useState } from 'preact/hooks';
import { ApiProblem } from '../../../../lib/answer.ts';
import { type BoxFacts, readBox } from '../../../../lib/ballots/box.ts';

const EVERY_MS = 2000;

export interface Seen {
  readonly facts?: BoxFacts;
  readonly problem?: ApiProblem;
}

/** What the box says of a ballot, asked again as long as it is waited for. */
export function useBox(ballot: string | undefined): Seen {
  const [seen, setSeen] = useState<Seen>({});
  useEffect(() => {
    if (ballot === undefined) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    let stopped = false;
    const look = async () => {
      const next = await lookAt(ballot);
      if (stopped) return;
      // Without an answer, what was there before still stands beside the reason.
      setSeen((before) => ({ ...before, problem: undefined, ...next }) as Seen);
      if (isAwaited(next)) timer = setTimeout(look, EVERY_MS);
    };
    look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [ballot]);
  return seen;
}

async function lookAt(ballot: string): Promise<Seen> {
  try {
    return { facts: await readBox(ballot) };
  } catch (error) {
    if (error instanceof ApiProblem) return { problem: error };
    throw error;
  }
}

/** Casting opens, counting ends, a lost connection returns: nothing else changes by itself. */
const isAwaited = ({ facts, problem }: Seen): boolean =>
  problem ? problem.status === 0 || problem.status >= 500 : facts?.phase !== 'casting';
