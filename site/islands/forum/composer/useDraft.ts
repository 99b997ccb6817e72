import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Autosave, type Saving } from '../../../lib/Autosave.ts';
import { useAutosave } from '../../kit/useAutosave.ts';
import { type DraftPlace, draftShelf, isEmpty, isSame, type Text } from './draft.ts';

/** In milliseconds: the server is only told when one pauses. */
const PAUSE = 2500;

/**
 * What is being typed, kept on this device with every key and at the server with every pause.
 * @param start what there is before anything is typed; what was kept goes before it
 * @param asks whether the server may have some of it
 */
export function useDraft(at: DraftPlace, start: Text, asks = true) {
  const shelf = useMemo(() => draftShelf(at), []);
  const kept = useMemo(() => shelf.read(), []);
  const [text, setText] = useState<Text>(kept ?? start);
  const [saving, setSaving] = useState<Saving>({ state: 'clean' });
  /** What another device had left there. */
  const [elsewhere, setElsewhere] = useState<Text>();
  const now = useRef(text);
  const saved = useRef<Text>(start);
  const lastKept = useRef(kept !== undefined);
  const make = (): Autosave =>
    new Autosave(
      {
        isSaved: () => isSame(now.current, saved.current),
        isKept: () => lastKept.current,
        async send() {
          const sent = now.current;
          await shelf.send(sent);
          saved.current = sent;
        },
      },
      PAUSE,
      setSaving,
    );
  const saver = useRef(useMemo(make, []));
  const change = (part: Partial<Text>): void => {
    now.current = { ...now.current, ...part };
    setText(now.current);
    lastKept.current = shelf.keep(now.current);
    saver.current.soon();
  };
  useEffect(() => {
    if (!asks) return;
    shelf.fetch().then(
      ({ title, source }) => {
        const theirs = { title, source };
        if (isEmpty(theirs) || isSame(theirs, now.current)) return;
        if (isSame(now.current, start)) change(theirs);
        else setElsewhere(theirs);
      },
      // Without the server's copy one writes on this one.
      () => {},
    );
  }, []);
  useAutosave({
    autosave: () => saver.current.flush(),
    stop: () => saver.current.stop(),
  });
  return {
    text,
    saving,
    change,
    wasKept: kept !== undefined && !isSame(kept, start),
    elsewhere,
    takeElsewhere() {
      if (elsewhere) change(elsewhere);
      setElsewhere(undefined);
    },
    /** It has been posted, or is not wanted. */
    async drop() {
      const old = saver.current;
      saver.current = make();
      await old.stop();
      shelf.drop();
      now.current = { title: '', source: '' };
      saved.current = now.current;
      setElsewhere(undefined);
      setSaving({ state: 'clean' });
      setText(now.current);
    },
  };
}
export type DraftText = ReturnType<typeof useDraft>;
