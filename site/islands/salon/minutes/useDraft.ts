import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, ask, once } from '../../../lib/api.ts';
import { useAutosave } from '../../kit/useAutosave.ts';
import { type Draft, inputOf } from './draft.ts';
import { MinutesSaver, type Saving, type Server } from './MinutesSaver.ts';
import { type Loaded, type Minutes, paramOf, readMinutes } from './read.ts';
import { type Shelf, shelfAt } from './shelf.ts';

export const shelfOf = ({ place, number }: Pick<Loaded, 'place' | 'number'>): Shelf =>
  shelfAt(place.me?.id ?? '', place.slug, number);

function serverOf(of: Pick<Loaded, 'place' | 'number'>): Server {
  const param = paramOf(of);
  const { minutes } = api.salons[':salon'].sessions[':number'];
  return {
    async save(draft, version, key) {
      const json = { ...inputOf(draft), version };
      return (await ask(minutes.$put({ param, json }, once(key)))).version;
    },
    read: () => readMinutes(param.salon, param.number),
  };
}

/**
 * A draft that saves itself while this page is open. What somebody else saved comes in by itself as
 * long as nothing of one's own would be lost.
 * @param stored what is at the server, as far as this page knows
 */
export function useDraft(of: Loaded, stored: Minutes) {
  const [saving, setSaving] = useState<Saving>({ state: 'clean' });
  const saver = useMemo(() => new MinutesSaver(stored, shelfOf(of), serverOf(of), setSaving), []);
  const [draft, setDraft] = useState<Draft>(saver.draft);
  const show = () => setDraft(saver.draft);
  useEffect(() => {
    const copy = shelfOf(of).read();
    if (copy) {
      saver.restore(copy, stored);
      show();
    }
  }, []);
  useAutosave(saver);
  useEffect(() => {
    if (stored.version <= saver.version || !saver.isResting) return;
    saver.take(stored);
    show();
  }, [stored.version]);
  return {
    draft,
    saving,
    saver,
    change(part: Partial<Draft>): void {
      saver.type({ ...saver.draft, ...part });
      show();
    },
    take(theirs: Minutes): void {
      saver.take(theirs);
      show();
    },
  };
}
