import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, ask, once } from '../../../lib/api.ts';
import { useAutosave } from '../../kit/useAutosave.ts';
import { editUrl } from '../links.ts';
import type { Copy, Shelf, Text } from './copy.ts';
import { type Saving, type Server, TopicSaver } from './TopicSaver.ts';

const serverOf = (salon: string): Server => ({
  async begin(text, againOf, key) {
    const json = { ...text, cases: [...text.cases], ...(againOf && { againOf }) };
    const { id } = await ask(
      api.salons[':salon'].topics.$post({ param: { salon }, json }, once(key)),
    );
    return id;
  },
  async save(topic, text) {
    const json = { ...text, cases: [...text.cases] };
    await ask(api.salons[':salon'].topics[':topic'].$put({ param: { salon, topic }, json }));
  },
});

/**
 * A draft that saves itself while this page is open, and its address once it has one.
 * @param restored of a copy that this browser kept: saved at once
 */
export function useSaver(salon: string, shelf: Shelf, start: Copy, restored: boolean) {
  const [text, setText] = useState<Text>(start.text);
  const [saving, setSaving] = useState<Saving>({ state: 'clean' });
  const saver = useMemo(
    () =>
      new TopicSaver(start, shelf, serverOf(salon), {
        onSaving: setSaving,
        onBegun: (id) => history.replaceState(null, '', editUrl(salon, id)),
      }),
    [],
  );
  useEffect(() => {
    if (restored) saver.flush();
  }, []);
  useAutosave(saver);
  const change = (part: Partial<Text>): void => {
    const next = { ...text, ...part };
    setText(next);
    saver.type(next);
  };
  return { text, change, saving, saver };
}
