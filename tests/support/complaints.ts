import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Off by default in axe: the AA rule of 2.2 and those experiments that hold for every page. */
const MORE_RULES = [
  'target-size',
  'identical-links-same-purpose',
  'meta-refresh-no-exceptions',
  'css-orientation-lock',
  'focus-order-semantics',
  'label-content-name-mismatch',
  'p-as-heading',
  'table-fake-caption',
  'td-has-header',
];

const enabled = Object.fromEntries(MORE_RULES.map((rule) => [rule, { enabled: true }]));

/** The rules whose answer depends on colours; the others say the same in light and dark. */
export const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

// Without frames from elsewhere the legacy mode finds the same, in one page instead of two.
const axe = (page: Page) => new AxeBuilder({ page }).setLegacyMode();

/** What axe holds against the page, one line an element. */
export async function violations(page: Page, rules?: string[]): Promise<string[]> {
  const asked = rules ? { runOnly: rules } : { rules: enabled };
  return lines(
    await axe(page)
      .options({ resultTypes: ['violations'], ...asked })
      .analyze(),
  );
}

/** Body text whose colours do not reach AAA. In 大字 they are the same, and larger type needs less. */
export async function paleText(page: Page): Promise<string[]> {
  if ((await page.locator('.prose').count()) === 0) return [];
  const body = axe(page).include('.prose p').include('.prose li');
  return lines(await body.withRules(['color-contrast-enhanced']).analyze());
}

type Results = Awaited<ReturnType<AxeBuilder['analyze']>>;

function lines({ violations: found }: Results): string[] {
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const why = failureSummary?.split('\n').slice(1).join(' ').trim() ?? '';
      return `${id}: ${help} | ${target.join(' ')} | ${why}`;
    }),
  );
}
