import { NOTICE_GROUPS, type NoticeGroup } from '../kind.ts';
import { NOTICE_KINDS, type NoticeKind } from '../kinds.ts';

/** Whether the salon's group chat may hear of it. */
export const isForRoom = (kind: NoticeKind): boolean => NOTICE_KINDS[kind].room;

/** The groups of notices of which a group chat can hear something. */
export const ROOM_GROUPS: readonly NoticeGroup[] = NOTICE_GROUPS.filter((group) =>
  Object.values(NOTICE_KINDS).some((kind) => kind.room && kind.group === group),
);
