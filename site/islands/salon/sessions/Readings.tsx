import { useEffect, useState } from 'preact/hooks';
import { ask, once } from '../../../lib/api.ts';
import { caseCard } from '../../cases/card.ts';
import { ProblemNote } from '../../kit/problem.tsx';
import { useTry } from '../../kit/useTry.ts';
import { engine } from '../../search/engine.ts';
import { ReadingPicker } from './ReadingPicker.tsx';
import { type Session, sessionApi } from './read.ts';
import type { PartProps } from './SessionPage.tsx';

export type Reading = Session['readings'][number];
const MOST = 30;
const KIND_NAMES = { case: '案例', method: '方法' } as const;

export const readingUrl = ({ kind, entry }: Reading): string => `/${kind}s/${entry}/`;

/** Cases and methods to be read before the session; chair and host look them up here. */
export function Readings({ param, session: { readings, may }, reload }: PartProps) {
  const { busy, problem, attempt } = useTry();
  const save = (next: readonly Reading[]) =>
    attempt(async (key) => {
      await ask(sessionApi.readings.$put({ param, json: { readings: [...next] } }, once(key)));
      reload();
    });
  return (
    <>
      {readings.length > 0 && (
        <ul class="plain rows readings">
          {readings.map((one) => (
            <li key={readingUrl(one)}>
              <ReadingLink reading={one} />
              {may.prepare && (
                <button
                  class="button"
                  type="button"
                  aria-disabled={busy}
                  aria-label={`去掉材料 ${one.entry}`}
                  onClick={() => save(readings.filter((other) => other !== one))}
                >
                  去掉
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {may.prepare && readings.length < MOST && (
        <ReadingPicker chosen={readings} add={(one) => save([...readings, one])} />
      )}
      <ProblemNote problem={problem} />
    </>
  );
}

/** By its title; by its id while the library cannot be asked. */
export function ReadingLink({ reading }: { reading: Reading }) {
  const [title, setTitle] = useState(reading.entry);
  useEffect(() => {
    titleOf(reading).then(
      (found) => found && setTitle(found),
      () => {},
    );
  }, [reading.entry]);
  return (
    <span>
      <a class="tap-link" href={readingUrl(reading)}>
        {title}
      </a>
      <small>{KIND_NAMES[reading.kind]}</small>
    </span>
  );
}

async function titleOf(reading: Reading): Promise<string | undefined> {
  if (reading.kind === 'case') return (await caseCard(reading.entry)).title;
  const url = readingUrl(reading);
  return (await engine.names()).find((name) => name.url === url)?.text;
}
