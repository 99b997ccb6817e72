import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Point } from '../support/ballotChild.ts';
import {
  type Called,
  calledBallot,
  castOn,
  expectRightEnd,
  randomKills,
  serve,
  startOn,
  stateOn,
  takeFrom,
} from '../support/ballotKills.ts';
import { fixtureSite } from '../support/fixtureSite.ts';
import { copyOf, type Signed } from '../support/sealedVoting.ts';
import { type Ask, askOn } from '../support/watchedApp.ts';

const site = fixtureSite();
const siteDir = join(site.dir, 'site');
let base: Called;
beforeAll(async () => {
  base = await calledBallot();
});
afterAll(() => {
  base.remove();
  site.remove();
});

describe('a server that is killed', () => {
  it('between sign and answer, start and box, cast and answer, close and result', async () => {
    const { dir, remove } = copyOf(base.dir);
    const kept: Signed[] = [];
    /** What is done on a server until it kills itself at the point, in the middle of the last step. */
    const until = async (point: Point, steps: readonly ((ask: Ask) => Promise<unknown>)[]) => {
      const server = await serve(siteDir, dir, point);
      const ask = askOn(server.port);
      for (const step of steps.slice(0, -1)) await step(ask);
      await steps
        .at(-1)?.(ask)
        .catch(() => {});
      expect(await server.ended).toBe('SIGKILL');
    };
    const take = (voter: number) => async (ask: Ask) => {
      kept[voter] = await takeFrom(ask, base, voter);
    };
    const vote =
      (voter: number, choice?: string) =>
      async (ask: Ask): Promise<void> => {
        const one = kept[voter];
        if (!one) throw new Error(`${voter} has not taken`);
        await castOn(ask, one, choice);
      };
    await until({ method: 'issue', when: 'after', nth: 4 }, [take(0), take(1)]);
    expect(kept).toHaveLength(1);
    const start = (ask: Ask) => startOn(ask, base);
    // The third's two papers, then the closing, which the database has and the box has not.
    await until({ method: 'change', when: 'before', nth: 3 }, [take(1), take(2), start]);
    expect(readdirSync(join(dir, 'ballot-keys'))).toHaveLength(2);
    await until({ method: 'cast', when: 'after', nth: 1 }, [
      async (ask) => expect(await stateOn(ask, base)).toBe('casting'),
      async () => expect(readdirSync(join(dir, 'ballot-keys'))).toEqual([]),
      vote(0),
    ]);
    await until({ method: 'step', when: 'after', nth: 1 }, [
      (ask) => expect(vote(0, 'for')(ask)).rejects.toThrow('409'),
      vote(0),
      vote(1),
      vote(2),
    ]);
    await expectRightEnd(base, dir, kept);
    remove();
  }, 60_000);

  it('at three moments of it', async () => {
    await randomKills(siteDir, base, 3);
  }, 60_000);
});
