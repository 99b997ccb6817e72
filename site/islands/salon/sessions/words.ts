import type { Session } from './read.ts';

export const STATE_NAMES: Readonly<Record<Session['state'], string>> = {
  planned: '待开',
  open: '正在开',
  closed: '已结束',
  cancelled: '已取消',
};

export const ANSWER_NAMES = { open: '还没答复', accepted: '参加', declined: '不能参加' } as const;

/** 第 4 期; a cancelled one has no number. */
export const numberInWords = (number: number | null): string =>
  number === null ? '没有开' : `第 ${number} 期`;

/** What a session is called beside its number. */
export const titleOf = (topics: readonly string[]): string =>
  topics.length > 0 ? topics.join('；') : '议题还没有定';
