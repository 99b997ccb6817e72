import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { PlaceName } from '../../../lib/forum.ts';
import { PLACE_WORDS } from '../words.ts';
import { fetchPlaces, findPlaces } from './places.ts';

interface Props {
  readonly salon: string;
  readonly place: PlaceName | undefined;
  readonly choose: (place: PlaceName | undefined) => void;
  readonly error?: string | undefined;
}

/** What a thread is about: found by typing a part of its name. */
export function PlacePicker({ salon, place, choose, error }: Props) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const again = useRef(false);
  const [places, setPlaces] = useState<readonly PlaceName[]>();
  const [failed, setFailed] = useState(false);
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const load = () => {
    setFailed(false);
    fetchPlaces(salon).then(setPlaces, () => setFailed(true));
  };
  useEffect(load, []);
  useEffect(() => {
    if (place || !again.current) return;
    again.current = false;
    input.current?.focus();
  }, [place]);

  if (place) {
    return (
      <div class="field" role="group" aria-label="关于什么">
        <strong>关于什么</strong>
        <p class="picked">
          <span>
            {PLACE_WORDS[place.kind]} · {place.name}
          </span>
          <button
            class="button"
            type="button"
            onClick={() => {
              again.current = true;
              choose(undefined);
            }}
          >
            换一个
          </button>
        </p>
      </div>
    );
  }
  const found = open && places ? findPlaces(places, query) : [];
  const at = Math.min(active, Math.max(0, found.length - 1));
  const take = (one: PlaceName | undefined) => {
    if (!one) return;
    setOpen(false);
    setQuery('');
    choose(one);
  };
  const keyDown = (event: JSX.TargetedKeyboardEvent<HTMLInputElement>) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !open) setOpen(true);
    else if (step) setActive((at + step + found.length) % Math.max(1, found.length));
    else if (event.key === 'Enter' && found.length > 0) take(found[at]);
    else if (event.key === 'Escape' && open) setOpen(false);
    else return;
    event.preventDefault();
  };
  return (
    <div class="field picker">
      <label for={id}>关于什么</label>
      <p class="hint" id={`${id}-hint`}>
        输入名称里的几个字，选一个案例、方法、主题，或本沙龙的议题、会议。
      </p>
      <input
        id={id}
        ref={input}
        type="text"
        role="combobox"
        autocomplete="off"
        value={query}
        placeholder="例如：网格"
        aria-expanded={found.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={found.length > 0 ? `${id}-${at}` : undefined}
        aria-describedby={`${id}-hint ${id}-error`}
        aria-invalid={error ? 'true' : undefined}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={keyDown}
        onInput={({ currentTarget }) => {
          setQuery(currentTarget.value);
          setOpen(true);
          setActive(0);
        }}
      />
      <div class="options" id={`${id}-list`} role="listbox" aria-label="可以选的">
        {found.map((one, index) => (
          <div
            key={one.link}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            // Before the field loses the focus.
            onPointerDown={(event) => {
              event.preventDefault();
              take(one);
            }}
          >
            <small>{PLACE_WORDS[one.kind]}</small>
            {one.name}
          </div>
        ))}
      </div>
      <p class="field-error" id={`${id}-error`} role="status">
        {open && places && query && found.length === 0 && '没有找到，换几个字试试。'}
        {error}
        {failed && '没有取到名单。'}
      </p>
      {failed && (
        <button class="button" type="button" onClick={load}>
          再试一次
        </button>
      )}
    </div>
  );
}
