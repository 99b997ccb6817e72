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
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** What axe holds against the page, one line an element. */
export async function violations(page: Page): Promise<string[]> {
  // Without frames from elsewhere the legacy mode finds the same, in one page instead of two.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  return lines(await axe.options({ resultTypes: ['violations'], rules: enabled }).analyze());
}

/** The same of colours alone, of a page that `violations` has looked at. */
export const badColours = (page: Page): Promise<string[]> => again(page, [':root'], COLOUR_RULES);

/** Body text whose colours do not reach AAA. In 大字 they are the same, and larger type needs less. */
export async function paleText(page: Page): Promise<string[]> {
  const body = ['.prose p', '.prose li'];
  if ((await page.locator(body.join()).count()) === 0) return [];
  return again(page, body, ['color-contrast-enhanced']);
}

/** Axe is in the page since the first look; to bring it there takes as long as to look. */
async function again(page: Page, include: string[], rules: string[]): Promise<string[]> {
  const found = await page.evaluate(
    ([context, options]) => {
      const { run }: { run: Run } = Reflect.get(window, 'axe');
      return run(context, options);
    },
    [{ include }, { resultTypes: ['violations' as const], runOnly: rules }] as const,
  );
  return lines(found);
}

type Results = Awaited<ReturnType<AxeBuilder['analyze']>>;
type Run = (context: object, options: object) => Promise<Results>;

function lines({ violations: found }: Results): string[] {
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const why = failureSummary?.split('\n').slice(1).join(' ').trim() ?? '';
      return `${id}: ${help} | ${target.join(' ')} | ${why}`;
    }),
  );
}
