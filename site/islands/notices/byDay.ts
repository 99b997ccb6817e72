import type { z } from 'zod';
import type { noticeList } from '../../../api/notices/contract.ts';
import { dayOf } from '../kit/time.ts';

export type NoticeList = z.infer<typeof noticeList>;
export type Notice = NoticeList['notices'][number];

/** In the order they come in, each day of Asia/Shanghai with its own. */
export function byDay(notices: readonly Notice[]): { day: string; notices: Notice[] }[] {
  const days: { day: string; notices: Notice[] }[] = [];
  for (const notice of notices) {
    const day = dayOf(notice.at);
    const last = days.at(-1);
    if (last?.day === day) last.notices.push(notice);
    else days.push({ day, notices: [notice] });
  }
  return days;
}

/**
 * Up to which notice everything has been seen. Marking one as read marks the older ones too, so
 * there is none as long as an unread one is not on the page.
 */
export function seenUpTo(notices: readonly Notice[], unread: number): number | undefined {
  const shown = notices.filter(({ read }) => !read).length;
  return shown > 0 && shown >= unread ? notices[0]?.seq : undefined;
}
