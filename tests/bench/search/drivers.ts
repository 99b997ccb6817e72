import type { Page } from '@playwright/test';
import type { Project } from '../projects/project.ts';

/** How each site's search is worked, as a reader would. All selectors are here. */
export type Driver = {
  openSearch(page: Page): Promise<void>;
  input: string;
  /** One result, a link or what holds it. */
  result: string;
  /** What stands there when nothing was found. */
  none: string;
  /** The words that must stand there, where the same place also says other things. */
  noneText?: string;
  /** Where the number of results is written, if it is. */
  total?: string;
};

export const DRIVERS: Record<Project['id'], Driver> = {
  ours: {
    openSearch: (page) => page.keyboard.press('/'),
    input: ':is(dialog, [role=dialog]) :is([role=searchbox], [role=combobox], input[type=search])',
    result: '[data-result]',
    none: '[data-total="0"]',
    total: '[data-total]',
  },
  starlight: {
    openSearch: (page) => page.keyboard.press('Control+k'),
    input: '.pagefind-ui__search-input',
    result: '.pagefind-ui__result-title',
    none: '.pagefind-ui__message',
    noneText: '未找到',
    total: '.pagefind-ui__message',
  },
  vitepress: {
    openSearch: (page) => page.keyboard.press('/'),
    input: '#localsearch-input',
    result: '.VPLocalSearchBox .result',
    none: '.VPLocalSearchBox .no-results',
  },
};
