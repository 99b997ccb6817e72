/** How a kind of notice is written, and what they share. */

export interface Kind<D> {
  /** Heading under which the person may choose how to be told. */
  readonly group: NoticeGroup;
  readonly text: (data: D) => string;
  /** Below /salon/, or from a slash on an address of the site. */
  readonly link: (data: D) => string;
  /** Concerns the whole salon and is no secret in it, so that its group chat may hear it. */
  readonly room: boolean;
}

export const NOTICE_GROUPS = [
  '轮值',
  '议题',
  '会议',
  '选题委员会',
  '纪要与待办',
  '回复和提到我的',
  '关注的讨论',
  '讨论的管理',
] as const;
export type NoticeGroup = (typeof NOTICE_GROUPS)[number];

export const kind = <D>(
  group: NoticeGroup,
  link: (data: D) => string,
  text: (data: D) => string,
  { room = false }: { readonly room?: boolean } = {},
): Kind<D> => ({ group, link, text, room });

/** Told to everyone, and to the salon's group chat. */
export const ROOM = { room: true } as const;

/** 2026年11月 */
export const monthInWords = (month: string): string =>
  `${month.slice(0, 4)}年${Number(month.slice(5))}月`;
/** 11月28日 */
export const dayInWords = (day: string): string =>
  `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
