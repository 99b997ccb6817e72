import { useRef, useState } from 'preact/hooks';
import { Show } from '../../kit/load.tsx';
import { homeUrl } from '../../salon/links.ts';
import { useRoom } from '../../salon/place.tsx';
import { forumUrl } from '../links.ts';
import { ReportCard } from './ReportCard.tsx';
import { loadReports } from './read.ts';

/** What members reported, for the hosts: each post in its context, and the two things to do with it. */
export function Reports() {
  const { shown, reload } = useRoom(loadReports);
  const [done, setDone] = useState('');
  const status = useRef<HTMLParagraphElement>(null);
  return (
    <Show shown={shown} reload={reload}>
      {({ place, reports }) => {
        if (!place.isHost) return <NotHere salon={place.slug} hostUnit={place.hostUnit} />;
        const settled = (words: string) => {
          setDone(words);
          reload();
          // What had the focus goes with the report.
          status.current?.focus();
        };
        return (
          <>
            <nav class="crumbs" aria-label="所在位置">
              <ol>
                <li>
                  <a href={forumUrl(place.slug)}>交流区</a>
                </li>
                <li aria-current="page">举报</li>
              </ol>
            </nav>
            <p class="measure">
              {place.name}
              的成员举报的内容。先看前后文，再定隐去还是保留；理由是公开的，举报人的名字只有主办单位看得到。
            </p>
            <p class="reports-status" role="status" tabIndex={-1} ref={status}>
              {done} {reports.length > 0 && `还有 ${reports.length} 条等着处理。`}
            </p>
            {reports.length === 0 && (
              <p class="quiet-note">没有等着处理的举报。成员举报了哪一楼，就会列在这里。</p>
            )}
            <ol class="plain reports">
              {reports.map((report) => (
                <ReportCard key={report.id} report={report} salon={place.slug} settled={settled} />
              ))}
            </ol>
          </>
        );
      }}
    </Show>
  );
}

function NotHere({ salon, hostUnit }: { readonly salon: string; readonly hostUnit: string }) {
  return (
    <>
      <p class="notice">
        举报由主办单位（{hostUnit}）处理。您看到不妥的内容，可以在那一楼按“举报”。
      </p>
      <p class="bar">
        <a class="button" href={forumUrl(salon)}>
          去交流区
        </a>
        <a class="button" href={homeUrl(salon)}>
          回沙龙首页
        </a>
      </p>
    </>
  );
}
