import type { Ask } from '../api/loads.ts';
import { type Plan, timesOf } from './plan.ts';

/** What is read, by the name it is reported under. */
export const PAGES = {
  rotation: '轮值排期',
  voting: '本轮，投票中',
  result: '往期一轮的结果',
  planned: '本期沙龙',
  held: '往期一期',
  actions: '待办事项',
  notices: '消息',
} as const;
export type Page = keyof typeof PAGES;

/** The pages' addresses in a salon. Those of the past lie in the middle of its history. */
export function addressesOf(plan: Plan): Record<Page, string> {
  const { months } = timesOf(plan, Date.now());
  const middle = Math.floor(plan.months / 2);
  const salon = `/api/salons/${plan.slug}`;
  return {
    rotation: `${salon}/rotation`,
    voting: `${salon}/rounds/now`,
    result: `${salon}/rounds/${months[middle]}`,
    planned: `${salon}/sessions/${months.length}`,
    held: `${salon}/sessions/${middle + 1}`,
    actions: `${salon}/actions`,
    notices: '/api/me/notices',
  };
}

/** Each of the pages, each time by another reader, round and round. */
export function mixed(plan: Plan, readers: readonly string[], count: number): Ask[] {
  const pages = Object.values(addressesOf(plan));
  return Array.from({ length: count }, (_, number) => ({
    method: 'GET',
    path: pages[number % pages.length] ?? '',
    // Without it each reader would only ever read one page.
    cookie: readers[(number + Math.floor(number / readers.length)) % readers.length] ?? '',
  }));
}
