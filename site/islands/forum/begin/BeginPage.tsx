import { useEffect, useId, useState } from 'preact/hooks';
import { ApiProblem } from '../../../lib/api.ts';
import { forum, type PlaceName, TITLE_MOST } from '../../../lib/forum.ts';
import { signInPath } from '../../../lib/session.ts';
import { Show, useLoaded } from '../../kit/load.tsx';
import { loadPlace, type Place, PlaceHead } from '../../salon/place.tsx';
import { Composer } from '../composer/Composer.tsx';
import { useDraft } from '../composer/useDraft.ts';
import { forumUrl, threadUrl } from '../links.ts';
import { WHAT_IT_IS, WHO_READS } from '../words.ts';
import { PlacePicker } from './PlacePicker.tsx';
import { fetchPlaces, isOfLibrary, placeNamed } from './places.ts';
import { Similar } from './Similar.tsx';

const load = async () => {
  const query = new URLSearchParams(location.search);
  const [kind, key] = [query.get('kind'), query.get('key')];
  const place = await loadPlace();
  if (!place.me) location.replace(signInPath());
  const about = kind ? placeNamed(await fetchPlaces(place.slug), { kind, key }) : undefined;
  return { place, about };
};

/** A question, or something to talk about. */
export function BeginPage() {
  const { shown, reload } = useLoaded(load);
  return (
    <Show shown={shown} reload={reload}>
      {({ place, about }) => (
        <PlaceHead place={place} room="forum">
          {place.isMember ? (
            <Begin place={place} about={about} />
          ) : (
            <p class="quiet-note">
              提问和发起讨论要是{place.name}的成员。如果应该在，请联系{place.hostUnit}。
              <a href={forumUrl(place.slug)}>去看公开的讨论</a>
            </p>
          )}
        </PlaceHead>
      )}
    </Show>
  );
}

function Begin({ place, about }: { readonly place: Place; readonly about: PlaceName | undefined }) {
  const at = { salon: place.slug, person: place.me?.id ?? '', place: 'new' };
  const draft = useDraft(at, { title: '', source: '' });
  const [where, setWhere] = useState(about);
  const [asks, setAsks] = useState(true);
  /** Undefined as long as the place decides. */
  const [chosen, setChosen] = useState<boolean>();
  const [missing, setMissing] = useState<{ title?: string; place?: string }>({});
  const titleId = useId();
  const isPublic = chosen ?? (where !== undefined && isOfLibrary(where));
  useEffect(() => setMissing({}), [where, draft.text.title]);

  const send = async (source: string, key: string): Promise<void> => {
    const title = draft.text.title.trim();
    const lacks = {
      ...(where ? {} : { place: '请先选一个。' }),
      ...([...title].length < 4 && { title: '标题至少 4 个字，让人一看就知道在问什么。' }),
    };
    setMissing(lacks);
    if (!where || 'title' in lacks) {
      throw new ApiProblem({
        code: 'incomplete',
        status: 422,
        title: '还差一点',
        detail: Object.values(lacks).join(''),
      });
    }
    const about = { kind: where.kind, key: where.key };
    const thread = await forum.begin(
      place.slug,
      { place: about, title, source, asks, isPublic },
      key,
    );
    await draft.drop();
    location.assign(threadUrl(thread));
  };
  return (
    <div class="begin">
      <fieldset class="choices">
        <legend>这是</legend>
        <Choice name="kind" {...WHAT_IT_IS.asks} on={asks} take={() => setAsks(true)} />
        <Choice name="kind" {...WHAT_IT_IS.talks} on={!asks} take={() => setAsks(false)} />
      </fieldset>
      <PlacePicker salon={place.slug} place={where} choose={setWhere} error={missing.place} />
      <div class="field">
        <label for={titleId}>标题</label>
        <p class="hint" id={`${titleId}-hint`}>
          一句话说清楚，例如“老旧小区没有物业，楼道灯谁来修？”
        </p>
        <input
          id={titleId}
          value={draft.text.title}
          maxLength={TITLE_MOST}
          autocomplete="off"
          aria-describedby={`${titleId}-hint ${titleId}-error`}
          aria-invalid={missing.title ? 'true' : undefined}
          onInput={({ currentTarget }) => draft.change({ title: currentTarget.value })}
        />
        <p class="field-error" id={`${titleId}-error`}>
          {missing.title}
        </p>
      </div>
      <Similar title={draft.text.title} />
      <Composer
        salon={place.slug}
        draft={draft}
        label={asks ? '遇到了什么，试过什么，想知道什么' : '想和大家说什么'}
        sendLabel={asks ? '发出求助' : '发起讨论'}
        send={send}
        last={
          <fieldset class="choices">
            <legend>谁能看到</legend>
            <Choice name="who" {...WHO_READS.anybody} on={isPublic} take={() => setChosen(true)} />
            <Choice
              name="who"
              {...WHO_READS.members}
              on={!isPublic}
              take={() => setChosen(false)}
            />
          </fieldset>
        }
      />
    </div>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly meaning: string;
  readonly on: boolean;
  readonly take: () => void;
}

function Choice({ name, label, meaning, on, take }: ChoiceProps) {
  return (
    <label class="choice">
      <input type="radio" name={name} checked={on} onChange={take} />
      <span>
        {label}
        <small>{meaning}</small>
      </span>
    </label>
  );
}
