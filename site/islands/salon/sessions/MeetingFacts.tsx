import { momentInWords } from '../../kit/time.ts';
import type { SessionRow } from './read.ts';

/** When and where it is, and who is in the chair. */
export function MeetingFacts({
  startsAt,
  place,
  chair,
}: Pick<SessionRow, 'startsAt' | 'place' | 'chair'>) {
  return (
    <dl class="meeting-facts">
      <dt>时间</dt>
      <dd>{momentInWords(startsAt)}</dd>
      <dt>地点</dt>
      <dd>{place || '还没有定'}</dd>
      <dt>轮值主席</dt>
      <dd>{chair?.community ?? '还没有公布'}</dd>
    </dl>
  );
}
