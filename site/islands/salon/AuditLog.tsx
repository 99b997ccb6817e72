import { useState } from 'preact/hooks';
import { api, ask } from '../../lib/api.ts';
import { ActionButton } from '../kit/ActionButton.tsx';
import { Show, useLoaded } from '../kit/load.tsx';
import { momentInWords } from '../kit/time.ts';
import { loadPlace, PlaceHead } from './place.tsx';

const page = (salon: string, cursor?: string) =>
  ask(
    api.salons[':salon'].audit.$get({
      param: { salon },
      query: { limit: '50', ...(cursor && { cursor }) },
    }),
  );

const load = async () => {
  const place = await loadPlace();
  return { place, first: await page(place.slug) };
};
type Rows = Awaited<ReturnType<typeof page>>['rows'];

/** What was done in the salon, newest first. */
export function AuditLog() {
  const { shown, reload } = useLoaded(load);
  const [more, setMore] = useState<{ rows: Rows; next: string | null }>();
  return (
    <Show shown={shown} reload={reload}>
      {({ place, first }) => {
        const rows = [...first.rows, ...(more?.rows ?? [])];
        const next = more ? more.next : first.next;
        return (
          <PlaceHead place={place} room="audit">
            <p>
              记录只增不减，前后相扣；系统管理员可用 npm run audit:verify
              查验有没有被改动。不记名表决的选择不在其中。
            </p>
            <ol class="plain rows" reversed>
              {rows.map(({ seq, at, actor, title, subject, details }) => (
                <li key={seq}>
                  <span>
                    <strong>{title}</strong> {subject}
                    <small>
                      {momentInWords(at)}　{actor ?? '系统'}
                      {details.map(({ label, value }) => `　${label}：${value}`)}
                    </small>
                  </span>
                </li>
              ))}
            </ol>
            {next && (
              <ActionButton
                act={async () => {
                  const older = await page(place.slug, next);
                  setMore({ rows: [...(more?.rows ?? []), ...older.rows], next: older.next });
                }}
              >
                更早的记录
              </ActionButton>
            )}
          </PlaceHead>
        );
      }}
    </Show>
  );
}
