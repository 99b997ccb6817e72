import { useState } from 'preact/hooks';
import { api, ask, once } from '../../lib/api.ts';
import { Choose, Field, Form } from '../kit/form.tsx';
import type { Place } from '../salon/place.tsx';
import { FORMATS, type Format, ROBOTS, type WebhookInput } from './robots.tsx';

interface Props {
  readonly place: Place;
  /** What can be sent to a group. */
  readonly groups: readonly string[];
  readonly reload: () => void;
}

type Group = WebhookInput['groups'][number];

/** Chosen until somebody chooses otherwise. */
const USUAL: Format = 'wecom';

export function AddWebhook({ place, groups, reload }: Props) {
  const [added, setAdded] = useState<{ n: number; name: string; secret: string | null }>();
  return (
    <section aria-labelledby="add-webhook">
      <h2 id="add-webhook">添加一个</h2>
      {added && (
        <p class="notice" role="status">
          “{added.name}”已添加，请发一条测试。
          {added.secret && (
            <>
              密钥只显示这一次，请当即复制：<code class="secret-link">{added.secret}</code>
            </>
          )}
        </p>
      )}
      <Fields
        key={added?.n ?? 0}
        groups={groups}
        submit={async (json, key) => {
          const param = { salon: place.slug };
          const { secret } = await ask(
            api.salons[':salon'].webhooks.$post({ param, json }, once(key)),
          );
          setAdded({ n: (added?.n ?? 0) + 1, name: json.name, secret });
          reload();
        }}
      />
    </section>
  );
}

interface FieldsProps {
  readonly groups: readonly string[];
  readonly submit: (json: WebhookInput, key: string) => Promise<void>;
}

function Fields({ groups, submit }: FieldsProps) {
  const [format, setFormat] = useState<Format>(USUAL);
  const { steps, secret } = ROBOTS[format];
  return (
    <Form
      label="添加"
      submit={({ name = '', url = '', secret: given = '', ...rest }, key) => {
        const chosen = groups.filter((group) => rest[`发 ${group}`] === 'on') as Group[];
        const json = { name, format, url, ...(given && { secret: given }), groups: chosen };
        return submit(json, key);
      }}
    >
      {(problem) => (
        <>
          <Choose
            label="种类"
            name="format"
            value={format}
            onChange={(value) => setFormat(FORMATS.find((one) => one === value) ?? USUAL)}
            options={FORMATS.map((one) => [one, ROBOTS[one].name])}
          />
          <ol class="steps" aria-label="怎样得到地址">
            {steps.map((step, index) => (
              <li key={`${format} ${index}`}>{step}</li>
            ))}
          </ol>
          <Field label="名称" name="name" hint="例如：书记群" problem={problem} />
          <Field
            label="地址"
            name="url"
            type="url"
            hint="整个复制过来。存下后不再显示，谁有它谁就能往群里发。"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            problem={problem}
          />
          {secret && (
            <Field
              {...secret}
              name="secret"
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              problem={problem}
            />
          )}
          <fieldset class="groups">
            <legend>发哪些</legend>
            {groups.map((group) => (
              <label class="switch" key={group}>
                <input type="checkbox" name={`发 ${group}`} defaultChecked /> {group}
              </label>
            ))}
          </fieldset>
        </>
      )}
    </Form>
  );
}
