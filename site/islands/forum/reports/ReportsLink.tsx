import { useEffect, useState } from 'preact/hooks';
import { api, ask } from '../../../lib/api.ts';
import type { Place } from '../../salon/place.tsx';
import { reportsUrl } from '../links.ts';

/** The way to the reports that wait, for hosts: without its number where that cannot be had. */
export function ReportsLink({ place: { slug, isHost } }: { readonly place: Place }) {
  const [waiting, setWaiting] = useState(0);
  useEffect(() => {
    if (!isHost) return;
    ask(api.salons[':salon'].reports.$get({ param: { salon: slug } })).then(
      ({ reports }) => setWaiting(reports.length),
      () => undefined,
    );
  }, [slug, isHost]);
  if (!isHost) return null;
  return (
    <a class="button" href={reportsUrl(slug)}>
      处理举报{waiting > 0 && `（${waiting} 条）`}
    </a>
  );
}
