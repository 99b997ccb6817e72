import { expect, type Page } from '@playwright/test';

/** From now on whatever breaks the page's content security policy is a console error. */
export async function watchPolicy(page: Page): Promise<void> {
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`policy violated: ${violatedDirective} ${blockedURI}`);
    });
  });
}

/** The page carries the policy, and the policy is strict. */
export async function expectPolicy(page: Page): Promise<void> {
  const policy = page.locator('meta[http-equiv="content-security-policy" i]');
  const clauses = (await policy.getAttribute('content')) ?? '';
  expect(clauses).toMatch(/default-src 'self'/);
  expect(clauses).toMatch(/object-src 'none'/);
  expect(clauses).toMatch(/script-src [^;]*'sha256-/);
  expect(clauses).not.toMatch(/script-src [^;]*'unsafe-(inline|eval)'/);
}
