import { Attachments } from './Attachments.tsx';
import { Readings } from './Readings.tsx';
import type { PartProps } from './SessionPage.tsx';

/** 会议材料: cases and methods of the library, and files. */
export function Materials(part: PartProps) {
  const { readings, attachments, may } = part.session;
  const empty = readings.length + attachments.length === 0;
  return (
    <section aria-labelledby="materials">
      <h2 id="materials">会议材料</h2>
      {empty && !may.prepare && <p>还没有材料。轮值主席或主办单位放上来以后，会前就能看。</p>}
      <Readings {...part} />
      <Attachments {...part} />
    </section>
  );
}
