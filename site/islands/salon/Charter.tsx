import { useState } from 'preact/hooks';
import { api, ask, once } from '../../lib/api.ts';
import { Field, Form } from '../kit/form.tsx';
import { Show, useLoaded } from '../kit/load.tsx';
import { webhooksUrl } from './links.ts';
import { loadPlace, type Place, PlaceHead } from './place.tsx';

const ORIGIN_CLASS = {
  来源规定: 'origin stipulated',
  本平台默认: 'origin',
  本沙龙决定: 'origin decided',
} as const;

const load = async () => {
  const place = await loadPlace();
  const detail = await ask(api.salons[':salon'].$get({ param: { salon: place.slug } }));
  return { place, ...detail };
};
type Data = Awaited<ReturnType<typeof load>>;

/** 章程: every line with where it comes from; the host may change what the source leaves open. */
export function Charter() {
  const { shown, reload } = useLoaded(load);
  return (
    <Show shown={shown} reload={reload}>
      {({ place, charter, adjustable }) => (
        <PlaceHead place={place} room="rules">
          <p>
            每条后面注明出处：<span class="origin stipulated">来源规定</span>
            是富平县公开材料里写明的做法；<span class="origin">本平台默认</span>
            是材料没有说、由本平台定下的，主办单位可以改；改过的注明
            <span class="origin decided">本沙龙决定</span>。
          </p>
          {sectionsOf(charter).map(([section, clauses]) => (
            <section key={section} aria-label={section}>
              <h2>{section}</h2>
              <ol class="clauses">
                {clauses.map(({ text, origin }) => (
                  <li key={text}>
                    <span>{text}</span>
                    <span class={ORIGIN_CLASS[origin]}>{origin}</span>
                  </li>
                ))}
              </ol>
            </section>
          ))}
          {place.isHost && (
            <p class="bar">
              <a class="button" href={webhooksUrl(place.slug)}>
                让通知发到群里
              </a>
            </p>
          )}
          {place.isHost && <Change place={place} adjustable={adjustable} reload={reload} />}
        </PlaceHead>
      )}
    </Show>
  );
}

function sectionsOf(charter: Data['charter']): [string, Data['charter']][] {
  const names = [...new Set(charter.map(({ section }) => section))];
  return names.map((name) => [name, charter.filter(({ section }) => section === name)]);
}

interface ChangeProps {
  readonly place: Place;
  readonly adjustable: Data['adjustable'];
  readonly reload: () => void;
}

function Change({ place, adjustable, reload }: ChangeProps) {
  const [saved, setSaved] = useState(false);
  return (
    <section aria-labelledby="change">
      <h2 id="change">修改章程</h2>
      <p>修改随即生效，并记入操作记录；改回默认值，出处也随之改回。</p>
      <Form
        label="保存修改"
        submit={async (values, key) => {
          const json = Object.fromEntries(
            adjustable.flatMap(({ name, kind, value }) => {
              const given = kind === 'switch' ? values[name] === 'on' : Number(values[name]);
              return given === value ? [] : [[name, given]];
            }),
          );
          const param = { salon: place.slug };
          await ask(api.salons[':salon'].settings.$patch({ param, json }, once(key)));
          setSaved(true);
          reload();
        }}
      >
        {(problem) => (
          <>
            {adjustable.map(({ name, kind, label, unit, min, max, value, initial }) =>
              kind === 'switch' ? (
                <label class="switch" key={name}>
                  <input type="checkbox" name={name} defaultChecked={value === true} /> {label}
                </label>
              ) : (
                <Field
                  key={name}
                  label={`${label}（${unit}）`}
                  name={name}
                  type="number"
                  inputmode="numeric"
                  min={min}
                  max={max}
                  defaultValue={String(value)}
                  hint={`${min} 到 ${max}，默认 ${initial}`}
                  problem={problem}
                />
              ),
            )}
            {saved && !problem && <p role="status">已保存。</p>}
          </>
        )}
      </Form>
    </section>
  );
}
